"""What and who is at hand at a site, and which of it serves which need."""
