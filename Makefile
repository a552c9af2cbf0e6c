# Everything works on a fresh machine with Python 3.11+, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The tests start many processes; what one compiles, the next need not.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test ids lint pins bench live judges clean

demo: $(VENV)/installed
	$(BIN)/wardcrawler demo

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -q --numprocesses 2 --dist loadfile --no-loadscope-reorder

# The two workers of "make test" must collect the same tests.
ids: $(VENV)/installed-dev
	$(BIN)/python tools/compare_test_ids.py

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/wardcrawler check

# Asks the package index, a minute long: not part of "make lint".
pins: $(VENV)/installed-dev
	$(BIN)/python tools/resolve_pins.py

bench: $(VENV)/installed
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.quiet_night
	$(BIN)/python -m benchmarks.exporting
	$(BIN)/python -m benchmarks.searching
	$(BIN)/python -m benchmarks.merging
	$(BIN)/python -m benchmarks.near_duplicates

# A real WordPress from the distribution's packages; says how to have them where they are missing.
live: $(VENV)/installed
	$(BIN)/python -m tools.live

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "wardcrawler needs Python 3.11 or newer; name one: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@# trafilatura reads portals of unknown make, pypdfium2 the texts of PDF files; all the rest works without them
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[generic,files]' \
	  || { echo "installing without trafilatura and pypdfium2, which cannot be had here" >&2; \
	       $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .; }
	@touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/installed

# Other people's programs that judge archives; the tests that need them are skipped without.
judges: .venv-judges/installed

.venv-judges/installed: pyproject.toml | $(VENV)/bin/python
	$(PYTHON) -m venv .venv-judges
	.venv-judges/bin/pip install --quiet --disable-pip-version-check '.[dev-archive]'
	@touch $@

clean:
	rm -rf $(VENV) .venv-judges .mypy_cache .pytest_cache .ruff_cache
