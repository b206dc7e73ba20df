"""Fits the probabilities that the product decides by; prints the weights to copy and how well they hold."""
