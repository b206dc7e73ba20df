"""The whole check of a corpus: what only the encoder and the recogniser can see, and the report as a page."""
