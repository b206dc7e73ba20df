"""Improv: the assistant that stands beside frontline staff when the script runs out."""
