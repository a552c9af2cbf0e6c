"""What people see: progress, tables and texts on a terminal, plain lines elsewhere."""
