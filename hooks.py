def post_init_hook(env):
    """Remember which database Mailroom was set up in: a copy of it sends nothing."""
    env["mailroom.guard"]._remember()
    env["ir.mail_server"]._mailroom_take_secrets()


def uninstall_hook(env):
    """Give Odoo the passwords back that Mailroom kept sealed."""
    env["ir.mail_server"]._mailroom_give_secrets()
