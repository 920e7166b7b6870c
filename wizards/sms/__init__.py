from . import mailroom_gateway_test
