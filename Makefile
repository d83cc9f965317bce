# Metropolis Observatory. `make run` and `make test` work on a machine with Python 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench format build clean

run: $(VENV)/run.stamp
	@$(BIN)/python -m observatory build
	@$(BIN)/python -m observatory serve

build: $(VENV)/run.stamp
	@$(BIN)/python -m observatory build

test: $(VENV)/dev.stamp
	@$(BIN)/python tools/find_browser.py
	@$(BIN)/python tools/find_postgres.py
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadgroup tests/unit tests/store tests/app

bench: $(VENV)/dev.stamp
	@$(BIN)/python tools/find_browser.py
	@$(BIN)/python -m tools.bench $(BENCH)

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The environment: made once per set of pins, kept until they change.
$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"expected Python 3.11 or newer, found {v.major}.{v.minor}; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: requirements.txt | $(VENV)/python.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(VENV)/python.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) data .pytest_cache .mypy_cache .ruff_cache
