"""Incident → ranked evidence, or the finding that nothing fits; query → ranked passages."""
