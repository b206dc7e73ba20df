"""The source of truth on disk: documents, conversations, gaps. SQLAlchemy, SQLite or PostgreSQL."""
