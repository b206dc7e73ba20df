"""Checks of playbooks that need no encoder: each module looks for one kind of fault."""
