"""Closed lists used all over the addon.

Names of states follow shared vocabulary: *accepted* by the mail server is ``sent``,
*delivered* needs a receipt, *uncertain* means the line broke after the handover.
"""

# What a document can be. Other addons add theirs with ``selection_add``.
KINDS = [
    ("quotation", "Quotation"),
    ("order", "Order"),
    ("invoice", "Invoice"),
    ("credit_note", "Credit note"),
    ("protocol", "Service protocol"),
]

# What a template can be for: a document, or a message about one.
TEMPLATE_KINDS = [
    *KINDS,
    ("payment_reminder", "Payment reminder"),
    ("work_order", "Work order"),
    ("ready_message", "Message when ready for invoicing"),
    ("order_stage", "Order stage"),
    ("several", "Several documents"),
    ("booking_confirmation", "Booking confirmation"),
    ("booking_cancellation", "Booking cancellation"),
    ("message", "Free message"),
]

# What a message does for a document. Other purposes than these two, such as a booking
# confirmation, have a content and a "changed since" of their own.
PURPOSES = [
    ("document", "The document"),
    ("message", "A message about it"),
    ("booking", "Who comes and when"),
    ("work_order", "The work order"),
]

# Kinds of templates that are not the document itself, and what they are.
PURPOSE_OF_KIND = {
    "payment_reminder": "message",
    "work_order": "work_order",
    "order_stage": "message",
    "ready_message": "message",
    "message": "message",
    "booking_confirmation": "booking",
    "booking_cancellation": "booking",
}
# Kinds of templates that each order type may have a text of its own for.
BOOKING_KINDS = ("booking_confirmation", "booking_cancellation")
# Kinds of templates that are always about an order.
ORDER_KINDS = ("order", "work_order", "ready_message", "order_stage", *BOOKING_KINDS)

# What a message is about, in the contact's list of wishes (``res.partner``).
TOPIC_OF_KIND = {
    "quotation": "orders",
    "order": "orders",
    "invoice": "invoices",
    "credit_note": "invoices",
    "protocol": "protocols",
}

DELIVERY_STATES = [
    ("held", "Held"),
    ("queued", "Waiting"),
    ("sending", "Sending"),
    ("deferred", "Trying again"),
    ("sent", "Accepted"),
    ("delivered", "Delivered"),
    ("bounced", "Bounced"),
    ("failed", "Not sent"),
    ("uncertain", "Unsure"),
    ("cancelled", "Cancelled"),
]
WAITING = ("held", "queued", "sending", "deferred")
CANCELLABLE = ("held", "queued", "deferred")
ARRIVED = ("sent", "delivered")
LOST = ("failed", "bounced")
# Somebody may have read it: what is on its way cannot be called back.
ON_THE_ROAD = ("sending", "uncertain", *ARRIVED)

DOCUMENT_STATES = [
    ("not_sent", "Not sent"),
    ("queued", "Queued"),
    ("held", "Held"),
    ("sent", "Sent"),
    ("partly", "Partly sent"),
    ("uncertain", "Unsure"),
    ("failed", "Failed"),
]

# What the customer knows of the visits
BOOKING_STATES = [("not_confirmed", "Not confirmed"), *DOCUMENT_STATES[1:]]

HOLD_REASONS = [
    ("no_account", "No sender account"),
    ("copy", "Copy of a database"),
    ("person", "Waiting for a person"),
    ("minutes", "Leaves in a few minutes"),
    ("cap", "Daily SMS limit"),
    ("approval", "Waiting for a mail manager"),
]

# Messages that leave only when a person says so, finished or not.
PERSONAL_HOLDS = ("person", "approval")

# Namespace of the advisory locks that tell a living worker from a dead one.
WORKER_LOCK = 1835102834

# A cron run starts nothing new after this many seconds; the cron is called again.
RUN_SECONDS = 45
# Nothing new is started when the process would be killed sooner than that.
LAST_MESSAGE_SECONDS = 60
# Messages made ready together when none of them has to be printed first.
READY_GROUP = 100
# Documents printed by one start of wkhtmltopdf, and what such a start may take.
PDF_GROUP = 20
PDF_SECONDS = 60
PDF_SECONDS_EACH = 3
# Jobs of OCA's queue_job that make messages ready beside each other, and the seconds
# they may wait before our own cron does their work.
JOB_MAKERS = 4
JOB_PATIENCE = 300
# A message that could not be made ready this often is given up.
PREPARE_TRIES = 3

BATCH_STATES = [
    ("draft", "Draft"),
    ("checking", "Being looked at"),
    ("ready", "To review"),
    ("running", "Leaving"),
    ("paused", "Paused"),
    ("done", "Finished"),
    ("cancelled", "Cancelled"),
]
# Before anything of it has left; lines may be ticked and changed.
BATCH_OPEN = ("draft", "checking", "ready")
LIGHTS = [("green", "Ready"), ("amber", "Look"), ("red", "Cannot go")]
BATCH_RESULTS = [
    ("todo", "To do"),
    ("queued", "On its way"),
    ("sent", "Sent"),
    ("waiting", "Waiting"),
    ("uncertain", "Unsure"),
    ("failed", "Not sent"),
    ("skipped", "Skipped"),
    ("cancelled", "Cancelled"),
]
# Lines looked at, or put into the outbox, in one transaction of the queue.
BATCH_CHECK = 100
BATCH_STEP = 50
# A batch up to this size is looked at in the click, a larger one in the queue.
BATCH_AT_ONCE = 200
# Files together from which on a mail server may refuse the message.
BATCH_LARGE = 10 * 2**20
# Namespace of the advisory lock that lets one worker at a time advance a batch.
BATCH_LOCK = 1835102835
# Namespaces of the advisory locks that let one job at a time talk to an account.
ERRAND_LOCKS = {"ir.mail_server": 1835102836, "mailroom.gateway": 1835102837}
