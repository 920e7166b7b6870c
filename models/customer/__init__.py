from . import sale_order_customer
