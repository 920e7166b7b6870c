from . import mailroom_stage
from . import mailroom_stage_guard
from . import mailroom_stage_preview
from . import sale_order_stage
from . import sale_order_stage_enter
from . import sale_order_stage_tags
from . import mail_template_builtin
from . import mailroom_delivery_stage
