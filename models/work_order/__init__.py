from . import sale_order_work_order
from . import sale_order_ready
