from . import test_dialog
from . import test_dialog_people
from . import test_outbox
