"""Drills: rehearse the moment with a simulated guest, and learn from the debrief. No language model is needed.

Text of the trainee → moves (`moves/`) → guest, a pure state machine (`guest`, `lines`) → debrief.
"""
