"""What a clerk does: one gesture, one unit of work, one journal entry."""
