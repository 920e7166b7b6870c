from . import mailroom_send
from . import mailroom_send_files
from . import mailroom_send_line
from . import mailroom_settings
from . import mailroom_send_template
from . import mailroom_send_invoice
from . import res_config_settings
from . import sms
