"""Opens the database and brings its tables up to date."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.errors import SetupError

HEAD = "0007"
"""The newest migration; a test holds it against the folder."""


def open_database(url: str) -> Engine:
    """An engine whose tables are up to date. Raises SetupError where the database cannot be used."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_up_sqlite)
        if _revision(engine) != HEAD:
            _migrate(engine)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        where = _without_password(url)
        raise SetupError(
            f"the database {where} cannot be used ({error}); set IMPROV_DATABASE_URL to a SQLAlchemy URL"
        ) from error
    except (DBAPIError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error)
        where = _without_password(url)
        raise SetupError(
            f"the database {where} cannot be opened ({reason}); check that it is running and writable"
        ) from error
    return engine


def lock_for_writing(session: Session) -> None:
    """Take SQLite's write lock before reading what is to be changed; other databases lock the rows that are read."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("BEGIN IMMEDIATE"))


def _set_up_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    # secure_delete: what is removed is overwritten, not left in the file's free pages.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _revision(engine: Engine) -> str:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _migrate(engine: Engine) -> None:
    # Alembic takes half a second to import: only a database that is behind pays for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("assistant.records") / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _without_password(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "given"
