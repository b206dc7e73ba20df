"""Measures what ships: evaluation suites, their cases and scorers, and the bench of speed and memory."""
