"""What the tests of questions share."""

from .common import MailroomCommon


class QuestionCommon(MailroomCommon):
    """What rules ask people, as their screens have it."""

    @classmethod
    def question(cls, document, user=None):
        """Return what a rule asks a user about a document, as the dialog shows it;
        empty when nothing is asked."""
        document = cls.as_user(document, user or cls.sender)
        asked = document.mailroom_get_status()["questions"]
        action = document.mailroom_ask(asked[0]["id"]) if asked else {}
        return document.env["mailroom.question"].browse(action.get("res_id"))
