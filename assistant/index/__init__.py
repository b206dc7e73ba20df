"""Encoders and indexes: the ports and, beside them, their adapters."""
