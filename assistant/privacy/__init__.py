"""Personal data: found by form and by context, replaced by placeholders before it leaves, put back afterwards."""
