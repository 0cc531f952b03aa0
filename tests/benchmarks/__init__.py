"""Figures that say whether the program is fast enough; run by hand, never by the tests."""
