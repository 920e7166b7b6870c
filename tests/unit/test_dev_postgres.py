"""Which database server is used."""

import pytest

from dev.postgres import Server, named_server


@pytest.fixture(autouse=True)
def no_server(monkeypatch):
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "ODOO_RC"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_without_a_word_the_embedded_one_is_used():
    assert named_server() is None


def test_variables_name_a_server(no_server):
    no_server.setenv("PGHOST", "db.example")
    no_server.setenv("PGPORT", "5433")
    no_server.setenv("PGUSER", "odoo")
    no_server.setenv("PGPASSWORD", "secret")
    assert named_server() == Server("db.example", "5433", "odoo", "secret")


def test_a_user_name_alone_names_no_server(no_server):
    no_server.setenv("PGUSER", "odoo")
    assert named_server() is None


def test_a_configuration_file_names_a_server(no_server, tmp_path):
    file = tmp_path / "odoo.conf"
    file.write_text("[options]\ndb_host = 10.0.0.7\ndb_port = False\ndb_user = odoo\n")
    no_server.setenv("ODOO_RC", str(file))
    assert named_server() == Server("10.0.0.7", "", "odoo", "")


def test_a_configuration_file_without_a_server_names_none(no_server, tmp_path):
    file = tmp_path / "odoo.conf"
    file.write_text("[options]\ndb_host = False\nlist_db = False\n")
    no_server.setenv("ODOO_RC", str(file))
    assert named_server() is None


def test_empty_values_are_left_to_the_library():
    assert Server("", "", "odoo").dsn("x") == {"dbname": "x", "user": "odoo"}
    server = Server("/run/pg", "5432", "odoo", "secret")
    assert server.environment()["PGPASSWORD"] == "secret"
    assert server.dsn()["dbname"] == "postgres"
