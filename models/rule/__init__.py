from . import mailroom_dispatch_later
