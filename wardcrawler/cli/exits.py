"""Exit codes: people script against them. 5 and 75 come with a
``store.problem.DatabaseProblem``.
"""

OK = 0
INTERNAL = 1  # Python's own, too, for an exception nobody foresaw
USAGE = 2
SOME_UNHEALTHY = 3
NONE_SUCCEEDED = 4
INTERRUPTED = 130  # 128 + SIGINT
