"""Documents in, passages and playbooks out: reading, splitting, checking. No index, no database."""
