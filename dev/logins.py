"""The people of the demo data: each one's password is the login itself."""

LOGINS = (
    ("admin", "administrator of both companies"),
    ("nora.lind", "sales, Nordvik Kyl & Värme AB"),
    ("petr.svoboda", "sales, Moravan Obchod s.r.o."),
    ("anna.berg", "customer, sees the portal"),
)
