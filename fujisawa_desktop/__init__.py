"""Fujisawa Desktop: a city hall's paid student internship, from application to pay sheet."""

__version__ = "0.1.0"
