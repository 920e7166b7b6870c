"""What `bin/mailroom test TAG…` runs."""

import pytest

from dev.errors import Stop
from dev.testing.selection import Selection, select


@pytest.fixture
def root(tmp_path):
    """A repository with a test file of each kind."""
    files = {
        "tests/unit/test_words.py": "def test_plain():\n    pass\n",
        "tests/outside/test_run.py": "class TestRun:\n    def test_up(self): ...\n",
        "tests/test_order.py": "class TestOrder(X):\n    def test_send(self): ...\n",
        "tests/test_order_tour.py": (
            "class TestTour(X):\n    def test_click(self):\n"
            "        self.start_tour('/odoo', 'x')\n"
        ),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_without_a_tag_everything_runs(root):
    assert select(root, []) == Selection(unit=[], odoo=[], outside=[])


def test_a_kind_runs_alone(root):
    assert select(root, ["outside"]) == Selection(outside=[])


def test_tours_are_the_files_that_drive_a_browser(root):
    tags = ["*/mailroom/tests/test_order_tour.py"]
    assert select(root, ["tours"]) == Selection(odoo=tags)


@pytest.mark.parametrize("tag", ["test_order", "test_order.py"])
def test_a_file_in_odoo(root, tag):
    assert select(root, [tag]).odoo == ["*/mailroom/tests/test_order.py"]


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("TestOrder", "*/mailroom:TestOrder"),
        ("test_send", "*/mailroom:TestOrder.test_send"),
        ("TestOrder.test_send", "*/mailroom:TestOrder.test_send"),
    ],
)
def test_a_class_or_method_in_odoo(root, tag, wanted):
    assert select(root, [tag]) == Selection(odoo=[wanted])


def test_a_function_without_a_class(root):
    file = root / "tests/unit/test_words.py"
    assert select(root, ["test_plain"]) == Selection(unit=[f"{file}::test_plain"])
    assert select(root, ["test_words"]) == Selection(unit=[str(file)])


def test_a_method_with_real_processes(root):
    file = root / "tests/outside/test_run.py"
    wanted = Selection(outside=[f"{file}::TestRun::test_up"])
    assert select(root, ["TestRun.test_up"]) == wanted


def test_several_tags_add_up_and_a_whole_kind_swallows_its_parts(root):
    chosen = select(root, ["TestOrder", "test_order_tour", "test_plain", "unit"])
    assert len(chosen.odoo) == 2
    assert chosen.unit == []


def test_a_whole_kind_stays_whole(root):
    assert select(root, ["odoo", "TestOrder"]).odoo == []


def test_an_unknown_name_is_told(root):
    with pytest.raises(Stop, match="test_nothing"):
        select(root, ["unit", "test_nothing"])
