from . import batch
from . import booking
from . import message
from . import portal_lang
