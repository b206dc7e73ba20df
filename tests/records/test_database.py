"""Opening the records: migrations and tables agree, and faults name their cause without secrets."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from assistant.domain.document import ALWAYS
from assistant.errors import SetupError
from assistant.records import migrations
from assistant.records.database import HEAD, open_database
from assistant.records.documents import DocumentStore
from assistant.records.tables import Base

SCRIPTS = ScriptDirectory(str(Path(migrations.__file__).parent))


def test_the_head_is_the_newest_file_and_the_only_one():
    assert SCRIPTS.get_heads() == [HEAD]
    newest = max(path.name for path in Path(migrations.__file__).parent.glob("versions/[0-9]*.py"))
    assert newest.startswith(f"{HEAD}_")


def test_migrated_tables_are_those_of_the_code(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_every_migration_can_be_taken_back(engine):
    config = Config()
    config.set_main_option("script_location", SCRIPTS.dir)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}


def test_opening_again_keeps_what_is_there(url, engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO collections VALUES ('main', 7, 'abc')")
    again = open_database(url)
    with again.connect() as connection:
        assert connection.exec_driver_sql("SELECT revision FROM collections").scalar() == 7
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    again.dispose()


def test_a_database_of_the_first_release_is_brought_up_to_date_with_all_that_it_holds(url, engine):
    config = Config()
    config.set_main_option("script_location", SCRIPTS.dir)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO documents (id, collection, name, kind, title, version, content_hash, origin, added_at, playbooks)"
            " VALUES (1, 'main', 'sop.md', 'document', 'SOP', 'v', 'h', 'ingested', '2026-11-01 10:00:00', '[]')"
        )
        connection.exec_driver_sql("INSERT INTO passages VALUES ('p', 1, 0, 'zh', '第1页', 'SOP', '请客人先坐下。')")
        connection.exec_driver_sql("INSERT INTO collections VALUES ('main', 7, 'abc')")
    upgraded = open_database(url)
    store = DocumentStore(upgraded)
    (info,) = store.infos("main")
    assert (info.name, info.number, info.source, info.remarks, info.validity) == ("sop.md", 1, "", (), ALWAYS)
    assert [stored.passage.text for stored in store.passages("main")] == ["请客人先坐下。"]
    assert [version.status for version in store.versions("main")["sop.md"]] == ["active"]
    assert store.revision("main") == 7
    upgraded.dispose()


def test_a_file_that_is_no_database_is_named_with_the_mend(tmp_path):
    broken = tmp_path / "improv.db"
    broken.write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(SetupError, match=r"improv\.db.*not a database"):
        open_database(f"sqlite:///{broken}")


def test_a_folder_in_the_way_is_a_setup_fault(tmp_path):
    with pytest.raises(SetupError, match="cannot be opened"):
        open_database(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("url", ["mysterydb://joe:secret@db/improv", "postgresql+nosuch://joe:secret@db/improv"])
def test_a_wrong_address_is_named_without_its_password(url):
    with pytest.raises(SetupError, match="IMPROV_DATABASE_URL to a SQLAlchemy URL") as fault:
        open_database(url)
    assert "secret" not in str(fault.value)


def test_an_address_that_is_none_is_a_setup_fault():
    with pytest.raises(SetupError, match="SQLAlchemy URL"):
        open_database("improv.db")


def test_a_killed_first_start_is_mended_by_the_next(tmp_path):
    """A database in which the first migration did not get to its end."""
    path = tmp_path / "improv.db"
    with sqlite3.connect(path) as half:
        half.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    half.close()
    engine = open_database(f"sqlite:///{path}")
    assert "documents" in inspect(engine).get_table_names()
    engine.dispose()
