"""Exit codes: people script against them."""

OK = 0
INTERNAL = 1
USAGE = 2
SOME_UNHEALTHY = 3
NONE_SUCCEEDED = 4
STORAGE = 5
LOCKED = 75  # EX_TEMPFAIL of sysexits.h
INTERRUPTED = 130  # 128 + SIGINT
