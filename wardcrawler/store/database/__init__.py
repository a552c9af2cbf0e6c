"""The database file: connection, lock, durability, errors, backup."""
