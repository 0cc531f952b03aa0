"""What is ruled: pure functions without database, window, files or clock."""
