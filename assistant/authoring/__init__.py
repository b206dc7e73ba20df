"""Playbooks as managers work on them: text checked line by line, written out, and tried before it is saved."""
