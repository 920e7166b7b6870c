"""What tests about text messages share."""

from ..tools.plan import Recipient, Wishes
from .common import MailroomCommon
from .fake_gateway import FakeGateway


class SmsCommon(MailroomCommon):
    """As ``MailroomCommon``, with an SMS gateway for each company and a customer whose
    contacts have numbers: Anna a mobile, Bo a landline and an SMS number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls.create_gateway(cls.company)
        cls.gateway_b = cls.create_gateway(cls.company_b)
        cls.customer.phone = "040-12 34 56"
        cls.anna.phone = "070-512 34 56"
        cls.bo.write({"phone": "040-12 34 57", "mailroom_sms_number": "0705123457"})

    @classmethod
    def create_gateway(cls, company, **values):
        """Create an SMS gateway of a company."""
        return cls.env["mailroom.gateway"].create(
            {
                "name": f"Gateway of {company.name}",
                "company_id": company.id,
                "url": "https://gateway.test/send",
                "auth_user": "user",
                "gateway_secret": "a secret",
                "parameters": "to = {to}\ntext = {text}",
                **values,
            }
        )

    def setUp(self):
        super().setUp()
        self.sms = FakeGateway()
        self.patch(
            type(self.env["mailroom.gateway"]),
            "_mailroom_hand_over",
            lambda gateway, *args: self.sms.hand_over(gateway, *args),
        )

    def plan_sms(self, document, text="Hello", user=None, to=None, **wishes):
        """Plan a text message as a user.

        :param str to: a number; without one the proposal
        """
        document = self.as_user(document, user or self.sender)
        if to is not None:
            wishes["recipients"] = [Recipient(to, channel="sms")]
        if wishes.get("purpose") == "message":
            wishes["template"] = self.message_template()
        wishes = Wishes(channels=("sms",), sms_text=text, **wishes)
        (plan,) = document.env["mailroom.planner"]._plan(document, wishes)
        return plan

    def message_template(self):
        """Return the shipped template of a free message, in English."""
        templates = self.env["mail.template"]
        return templates._mailroom_best("message", self.company, "en_US")

    def send_sms(self, document, text="Hello", to="070-512 34 56", user=None, **wishes):
        """Send a text message as a user; return its delivery."""
        plan = self.plan_sms(document, text, user, to, **wishes)
        dispatches = plan.document.env["mailroom.dispatch"]._send([plan])
        return dispatches.sudo().delivery_ids

    def problems(self, plan):
        """Return ``{code: level}`` of a plan."""
        return {problem.code: problem.level for problem in plan.problems}

    @property
    def texts(self):
        """What the gateway has taken."""
        return self.sms.texts
