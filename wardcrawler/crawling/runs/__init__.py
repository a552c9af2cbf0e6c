"""One run of one portal: its row, its outcome, its log."""
