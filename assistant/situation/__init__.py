"""Reads an incident without a language model: trained heads on sentence vectors, plus rules."""
