"""Whether what advice names exists, is to be had and may be given, at that moment."""
