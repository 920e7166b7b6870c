from . import mailroom_send
from . import mailroom_send_line
from . import mailroom_settings
from . import mailroom_send_template
from . import mailroom_send_invoice
