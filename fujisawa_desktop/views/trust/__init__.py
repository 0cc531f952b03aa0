"""Keeping the file safe: copies, journal, passphrase, seats, retention."""
