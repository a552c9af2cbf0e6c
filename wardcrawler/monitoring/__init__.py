"""What a run leaves behind: its row in ``runs``, its outcome, its log."""
