"""The database file: connection and its transactions, lock, errors, backup."""
