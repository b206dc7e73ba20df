"""Systems under test, each behind one small interface."""
