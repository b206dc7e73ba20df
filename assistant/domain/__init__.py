"""The vocabulary as plain typed values. No I/O, no frameworks, no globals."""
