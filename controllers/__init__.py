from . import batch
from . import message
from . import portal_lang
