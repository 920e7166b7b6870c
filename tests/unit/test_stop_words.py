"""STOP is understood in the languages of the customers, and in nothing longer."""

import pytest

from tools.stop_words import meaning


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        " stop. ",
        "Stopp!",
        "STOP NORDVIK",
        "Avsluta",
        "ODHLÁSIT",
        "konec",
        "Arrêt",
        "désabonner",
        "opt-out",
        "Dezabonare",
        "“Stop”",
        "S\u0301TOP".replace("\u0301", ""),
    ],
)
def test_stop(text):
    assert meaning(text) == "stop"


@pytest.mark.parametrize("text", ["START", "starta", "Unstop!", "Přihlásit"])
def test_start(text):
    assert meaning(text) == "start"


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "Ja tack",
        "Please stop by tomorrow at ten",
        "Cancel",
        "stop the car please",
        "Jag kan inte då, stopp",
        "…",
        "x" * 100000,
    ],
)
def test_everything_else(text):
    assert meaning(text) == ""
