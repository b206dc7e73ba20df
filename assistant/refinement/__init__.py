"""Playbook advice → the same in words that fit this incident, by a language model; never needed, never waited for."""
