from odoo import api, models


class MailroomWordsPhone(models.AbstractModel):
    """What is wrong with a number, and what to do about it."""

    _inherit = "mailroom.words"

    @api.model
    def _phone(self, error, name=""):
        """Return why a text is no number for text messages, quoting it.

        :param PhoneError error: from ``tools.phone``
        :param str name: whose number it is
        """
        text = error.text.strip()
        if error.code == "landline":
            return self._landline(text, name)
        cause = self._phone_causes().get(
            error.code, self.env._("no such number exists")
        )
        if name:
            return self.env._(
                "“%(text)s” of %(name)s is not a mobile number: %(cause)s.",
                text=text,
                name=name,
                cause=cause,
            )
        return self.env._(
            "“%(text)s” is not a mobile number: %(cause)s.", text=text, cause=cause
        )

    def _landline(self, text, name):
        if name:
            return self.env._(
                "“%(text)s” of %(name)s is a landline, which takes no text messages. "
                "Enter an SMS number on the contact.",
                text=text,
                name=name,
            )
        return self.env._(
            "“%s” is a landline, which takes no text messages. Enter a mobile number.",
            text,
        )

    def _phone_causes(self):
        return {
            "empty": self.env._("it is empty"),
            "letters": self.env._("it holds letters"),
            "signs": self.env._("it holds signs that no number has"),
            "too_short": self.env._("digits are missing"),
            "too_long": self.env._("it has too many digits"),
            "no_country": self.env._(
                "its country is not known; write it with the country code, for example "
                "+46 70 512 34 56"
            ),
            "impossible": self.env._("no such number exists in its country"),
        }
