from . import res_partner_protocol
