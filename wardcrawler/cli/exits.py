"""Exit codes: people script against them. 1 is Python's own for an internal failure; 5 and 75 come with a
``store.problem.DatabaseProblem``.
"""

OK = 0
USAGE = 2
SOME_UNHEALTHY = 3
NONE_SUCCEEDED = 4
INTERRUPTED = 130  # 128 + SIGINT
