"""Files of any kind that a company has, read into blocks of text and into documents. One file for each format."""

from assistant.knowledge.readers.registry import READERS, read_bytes, read_content, read_document

__all__ = ["READERS", "read_bytes", "read_content", "read_document"]
