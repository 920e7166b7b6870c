"""Tests that come in over HTTP, as a certain user and with his rights only."""

from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import GROUPS, MailroomCommon

__all__ = ["MailroomHttpCommon", "REFUSED", "Refused"]

#: What the server answers to who may not.
REFUSED = ("odoo.exceptions.AccessError", "odoo.http.SessionExpiredException")
# A refused call writes a line or a traceback into the log: here it is what we want.
LOGGERS = ("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_rule")


class Refused:
    """Stands in for the result of a call that the server did not carry out.

    :ivar str error: name of the exception
    """

    def __init__(self, error):
        self.error = error

    def __bool__(self):
        return False

    def __repr__(self):
        return f"Refused({self.error})"

    @property
    def for_lack_of_rights(self):
        """Whether it was refused because the user may not."""
        return self.error in REFUSED


@tagged("post_install", "-at_install")
class MailroomHttpCommon(HttpCase, MailroomCommon):
    """Calls methods over JSON-RPC. The users of company "Ahlberg Service" by role are
    in :attr:`users`; those of "Björk Bygg" are ``sender_b`` and ``manager_b``."""

    registry_test_mode = True
    roles = tuple(GROUPS)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sender_b = cls.create_user("sender_b", GROUPS["sender"], cls.company_b)
        cls.manager_b = cls.create_user("manager_b", GROUPS["manager"], cls.company_b)
        cls.portal = new_test_user(
            cls.env, login="mailroom_portal", groups="base.group_portal"
        )
        cls.users = {
            "public": None,
            "portal": cls.portal,
            **{role: getattr(cls, role) for role in GROUPS},
        }

    def login(self, user):
        """Log in; nobody when there is no user."""
        login = user.login if user else None
        self.authenticate(login, login)

    def call(self, model, method, *args, **kwargs):
        """Call a method as the web client does.

        :return: the result, or :class:`Refused`
        """
        url = f"/web/dataset/call_kw/{model}/{method}"
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger(*LOGGERS):
            try:
                return self.make_jsonrpc_request(url, params)
            except JsonRpcException as error:
                return Refused(str(error))

    def assertRefused(self, result, message=None):
        """Check that a call was refused for lack of rights."""
        self.assertIsInstance(result, Refused, message)
        self.assertTrue(result.for_lack_of_rights, message or result)
