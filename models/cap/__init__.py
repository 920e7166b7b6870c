from . import res_company_cap
from . import mailroom_dispatch_cap
from . import mailroom_delivery_approval
