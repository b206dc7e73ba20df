"""Trains the encoder's upper layers on incidents: what calls for the same advice comes to lie together."""
