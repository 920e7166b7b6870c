from . import batch
from . import booking
from . import message
from . import portal_lang
from . import sms_receipt
from . import protocol
