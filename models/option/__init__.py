from . import res_partner_option
from . import mailroom_document_option
