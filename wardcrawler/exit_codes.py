"""Exit codes of every command: people script against them."""

OK = 0
"""All went well."""

INTERNAL = 1
"""A failure inside the program; Python's own code for an exception that nobody foresaw."""

USAGE = 2
"""Wrong usage or input."""

SOME_UNHEALTHY = 3
"""Some portals are unhealthy."""

NONE_SUCCEEDED = 4
"""No portal succeeded."""

STORAGE = 5
"""The database or an archive could not be read or written: full disk, I/O error, damage."""

LOCKED = 75
"""Another run or program holds the database's lock: the same command may succeed later (EX_TEMPFAIL of
sysexits.h)."""

INTERRUPTED = 130
"""A person interrupted the command: 128 + SIGINT."""

MEANINGS = {
    OK: "all well",
    INTERNAL: "internal failure",
    USAGE: "wrong usage or input",
    SOME_UNHEALTHY: "some portals unhealthy",
    NONE_SUCCEEDED: "none succeeded",
    STORAGE: "the database could not be written",
    LOCKED: "another run holds the database",
    INTERRUPTED: "interrupted",
}
"""Each code in a few words: for the help, alerts and the docs."""
