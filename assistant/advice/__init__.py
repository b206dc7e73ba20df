"""Evidence → advice with citations, inside the envelope; or the honest answer that nothing fits."""
