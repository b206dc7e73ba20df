"""Incident rooms: a piece of advice, worked through by everybody who was called."""
