"""How well-known providers want mail to be handed in, as they document it themselves.

``seen`` is when the settings were last compared with the page (or a stored copy of it);
empty where the server was confirmed elsewhere only. Encryption ``auto`` lets the
program find port and encryption, where the provider documents the server alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """One provider.

    :ivar str note: what else it wants: ``app_password``, ``oauth``, ``api_key``
    :ivar str user: the user name, where it is the same for everybody
    :ivar str spf: what it wants to see in SPF, empty when it differs or is unknown
    :ivar tuple selectors: DKIM selectors it signs with by default
    """

    name: str
    host: str
    port: int
    encryption: str
    url: str
    seen: str = ""
    note: str = ""
    user: str = ""
    spf: str = ""
    selectors: tuple = ()


SEEN = "2026-11-21"
TLS, STARTTLS, AUTO = "ssl_strict", "starttls_strict", "auto"
_AWS = "https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html"
_MAILGUN = (
    "https://documentation.mailgun.com/docs/mailgun/user-manual/"
    "sending-messages/send-smtp"
)
_IONOS = (
    "https://www.ionos.com/help/email/general-topics/"
    "settings-for-your-email-programs-imap-pop3/"
)
_ZOHO = "https://www.zoho.com/mail/help/zoho-smtp.html"

PRESETS = {
    # === MAILBOXES === #
    "gmail": Preset(
        "Gmail / Google Workspace",
        "smtp.gmail.com",
        465,
        TLS,
        "https://support.google.com/a/answer/176600",
        note="app_password",
        spf="_spf.google.com",
        selectors=("google",),
    ),
    "microsoft365": Preset(
        "Microsoft 365",
        "smtp.office365.com",
        587,
        STARTTLS,
        "https://learn.microsoft.com/exchange/mail-flow-best-practices/"
        "how-to-set-up-a-multifunction-device-or-application-to-send-email-using-"
        "microsoft-365-or-office-365",
        note="oauth",
        spf="spf.protection.outlook.com",
        selectors=("selector1", "selector2"),
    ),
    "outlook": Preset(
        "Outlook.com / Hotmail",
        "smtp-mail.outlook.com",
        587,
        STARTTLS,
        "https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040",
        note="oauth",
    ),
    "icloud": Preset(
        "iCloud",
        "smtp.mail.me.com",
        587,
        STARTTLS,
        "https://support.apple.com/102525",
        note="app_password",
    ),
    "yahoo": Preset(
        "Yahoo",
        "smtp.mail.yahoo.com",
        465,
        TLS,
        "https://help.yahoo.com/kb/SLN4075.html",
        note="app_password",
    ),
    "fastmail": Preset(
        "Fastmail",
        "smtp.fastmail.com",
        465,
        TLS,
        "https://www.fastmail.com/help/technical/servernamesandports.html",
        SEEN,
        note="app_password",
        spf="spf.messagingengine.com",
        selectors=("fm1", "fm2", "fm3"),
    ),
    "mailbox_org": Preset(
        "mailbox.org",
        "smtp.mailbox.org",
        465,
        TLS,
        "https://kb.mailbox.org/en/business/e-mail/e-mail-configuration/",
        SEEN,
    ),
    "seznam": Preset(
        "Seznam",
        "smtp.seznam.cz",
        465,
        TLS,
        "https://napoveda.seznam.cz/cz/email/",
    ),
    "zoho_eu": Preset(
        "Zoho Mail, own domain (Europe)", "smtppro.zoho.eu", 465, TLS, _ZOHO
    ),
    "zoho_com": Preset(
        "Zoho Mail, own domain (USA)", "smtppro.zoho.com", 465, TLS, _ZOHO
    ),
    # === HOSTERS === #
    "forpsi": Preset(
        "Forpsi",
        "smtp.forpsi.com",
        465,
        TLS,
        "https://support.forpsi.com/KB/a3147/konfigurace-smtp-serveru.aspx",
        SEEN,
    ),
    "gandi": Preset(
        "Gandi",
        "mail.gandi.net",
        465,
        TLS,
        "https://docs.gandi.net/en/gandimail/standard_email_settings/",
        spf="_mailcust.gandi.net",
        selectors=("gm1", "gm2", "gm3"),
    ),
    "hostinger": Preset(
        "Hostinger",
        "smtp.hostinger.com",
        465,
        TLS,
        "https://support.hostinger.com/en/articles/"
        "1575756-how-to-get-email-account-configuration-details-for-hostinger-email",
    ),
    "infomaniak": Preset(
        "Infomaniak",
        "mail.infomaniak.com",
        465,
        TLS,
        "https://www.infomaniak.com/en/support/faq/admin2/email-service",
        SEEN,
        spf="spf.infomaniak.ch",
    ),
    "ionos_com": Preset("IONOS (.com)", "smtp.ionos.com", 465, TLS, _IONOS),
    "ionos_de": Preset("IONOS (.de)", "smtp.ionos.de", 465, TLS, _IONOS),
    "ionos_fr": Preset("IONOS (.fr)", "smtp.ionos.fr", 465, TLS, _IONOS),
    "loopia": Preset(
        "Loopia",
        "mailcluster.loopia.se",
        465,
        TLS,
        "https://support.loopia.com/wiki/email-account-management/",
    ),
    "one": Preset("One.com", "send.one.com", 465, TLS, "https://help.one.com/"),
    "ovh": Preset(
        "OVHcloud (MX Plan)",
        "ssl0.ovh.net",
        465,
        TLS,
        "https://help.ovhcloud.com/",
        spf="mx.ovh.com",
    ),
    "simply": Preset(
        "Simply.com",
        "smtp.simply.com",
        0,
        AUTO,
        "https://www.simply.com/se/support/faq/mail/613/",
        SEEN,
    ),
    # === SENDING SERVICES === #
    "ses_dublin": Preset(
        "Amazon SES (Ireland)",
        "email-smtp.eu-west-1.amazonaws.com",
        587,
        STARTTLS,
        _AWS,
        SEEN,
        note="api_key",
    ),
    "ses_frankfurt": Preset(
        "Amazon SES (Frankfurt)",
        "email-smtp.eu-central-1.amazonaws.com",
        587,
        STARTTLS,
        _AWS,
        SEEN,
        note="api_key",
    ),
    "ses_stockholm": Preset(
        "Amazon SES (Stockholm)",
        "email-smtp.eu-north-1.amazonaws.com",
        587,
        STARTTLS,
        _AWS,
        SEEN,
        note="api_key",
    ),
    "brevo": Preset(
        "Brevo",
        "smtp-relay.brevo.com",
        465,
        TLS,
        "https://developers.brevo.com/docs/smtp-integration",
        SEEN,
        note="api_key",
    ),
    "mailgun_eu": Preset(
        "Mailgun (Europe)",
        "smtp.eu.mailgun.org",
        587,
        STARTTLS,
        _MAILGUN,
        SEEN,
        note="api_key",
    ),
    "mailgun_us": Preset(
        "Mailgun (USA)",
        "smtp.mailgun.org",
        587,
        STARTTLS,
        _MAILGUN,
        SEEN,
        note="api_key",
    ),
    "postmark": Preset(
        "Postmark",
        "smtp.postmarkapp.com",
        587,
        STARTTLS,
        "https://postmarkapp.com/support/article/"
        "811-what-are-the-smtp-details-api-tokens-i-should-be-using",
        SEEN,
        note="api_key",
    ),
    "sendgrid": Preset(
        "SendGrid",
        "smtp.sendgrid.net",
        587,
        STARTTLS,
        "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/"
        "integrating-with-the-smtp-api",
        SEEN,
        note="api_key",
        user="apikey",
        selectors=("s1", "s2"),
    ),
}
