"""The tools are imported as plain Python: never through the addon, which needs Odoo."""

import pathlib
import sys

from hypothesis import HealthCheck, settings

ROOT = pathlib.Path(__file__).resolve().parents[2]
for folder in (ROOT / "tests" / "outside", ROOT):
    sys.path.insert(0, str(folder))

# The same cases in every run, on every machine; nothing is remembered between runs.
settings.register_profile(
    "mailroom",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("mailroom")
