# `make` lists the targets.
PYTHON ?= python3
VENV := .venv
LOWEST := .venv-lowest
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test test-lowest check prove golden wheel bench bench-scale clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps formasaurus==0.10.0 # for its 954 saved pages alone
	@touch $(STAMP)

demo: $(STAMP) ## check this repository's ledger and show its contradictions
	$(BIN)/ledger check
	$(BIN)/ledger --no-pager conflicts
	@echo
	@echo 'To try next:'
	@echo '  $(BIN)/ledger timeline Kupiansk                          who said what when, and who changed their account'
	@echo '  $(BIN)/ledger show kupiansk-russia-full-control          one claim in its paragraph, and who contradicts it'
	@echo '  $(BIN)/ledger init my-ledger --example                   a ledger of your own (docs/first-hour.md)'

test: $(STAMP) ## run all tests
	$(BIN)/python -m pytest -n auto --dist worksteal

test-lowest: $(LOWEST)/.installed ## run all tests with the oldest versions of everything that pyproject.toml allows (PYTHON=python3.11: that too)
	$(LOWEST)/bin/python -m pytest -n auto --dist worksteal

$(LOWEST)/.installed: pyproject.toml tests/lowest.py
	$(PYTHON) -m venv --clear $(LOWEST)
	$(PYTHON) tests/lowest.py > $(LOWEST)/lowest.txt
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check -c $(LOWEST)/lowest.txt setuptools
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check -c $(LOWEST)/lowest.txt --no-build-isolation -e '.[dev]'
	@touch $@

check: $(STAMP) ## the one door: lint, types, tests, our own ledger
	@$(BIN)/ruff check . || { echo "cure: $(BIN)/ruff check --fix . and mend the rest by hand"; exit 1; }
	@$(BIN)/mypy || { echo "cure: mend the types that mypy names"; exit 1; }
	@$(BIN)/python -m pytest -n auto --dist worksteal || { echo "cure: mend the code, or with 'make golden' the expected reports, and read them"; exit 1; }
	@$(BIN)/ledger check --strict || { echo "cure: mend the claims, or accept a warning with its reason"; exit 1; }

prove: export PYTHONPATH = tests
prove: $(STAMP) ## the long runs: contradictions, readings, changes and histories held against second implementations (minutes)
	$(BIN)/python tests/prove/prove.py 200000
	$(BIN)/python tests/prove/prove_reading.py 200000
	$(BIN)/python tests/prove/prove_changes.py 10000
	$(BIN)/python tests/prove/prove_mutations.py 20000
	$(BIN)/python tests/prove/prove_output.py
	$(BIN)/python tests/prove/prove_log.py 1000
	$(BIN)/python tests/prove/prove_feed.py 200
	$(BIN)/python tests/prove/prove_export.py 10000
	$(BIN)/python tests/prove/prove_edits.py 10000
	$(BIN)/python tests/prove/prove_fixes.py
	$(BIN)/python tests/prove/prove_engines.py 300
	$(BIN)/python tests/prove/prove_numbers.py
	@folder=$$(mktemp -d); $(BIN)/python tests/prove/write_faults.py $$folder; rm -rf $$folder
	$(BIN)/python -m pytest -m long -rs tests/writing/test_text_rules.py tests/exchange/test_spark.py

golden: $(STAMP) ## rewrite the expected reports; read the difference before you commit it
	$(BIN)/python -m pytest --update-golden

bench-scale: $(STAMP) ## very many claims by an engine, against the bars (an hour; DATA=folder of recorded maps)
	$(BIN)/python benchmarks/scale.py $(DATA)

wheel: ## build the wheel into dist/ and try it in a clean environment
	$(PYTHON) tests/try_wheel.py dist

bench: $(STAMP) ## measure against the peers, and write benchmarks/RESULTS.md (ten minutes; QUICK=1: one)
	$(BIN)/python benchmarks/bench.py $(if $(QUICK),--quick)

clean: ## remove what was built
	rm -rf $(VENV) $(LOWEST) build dist *.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache
