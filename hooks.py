def post_init_hook(env):
    """Remember which database Mailroom was set up in: a copy of it sends nothing."""
    env["mailroom.guard"]._remember()
