# For developers. Users need no make: ./meihao demo, ./meihao self-test.
#   make setup   once       make check   before every change is handed in       make help   all targets
PY := .venv/bin/python
MEIHAO := .venv/bin/meihao
PYTEST := $(PY) -m pytest
WORKERS := -n auto --maxprocesses 4 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: kills pages help setup check format lint types architecture test cases docs fmt differential flips damaged mutants mutate bench goldens schema wheel-test lock clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup:  ## .venv with everything a developer needs, from locks/dev.txt
	./meihao setup dev

check: format lint types architecture test cases docs  ## all that a change must pass

format:
	$(PY) -m ruff format --check .

lint:
	$(PY) -m ruff check .

types:
	$(PY) -m mypy

architecture:
	$(PYTEST) tests/test_architecture.py

test:  ## the suite
	$(PYTEST) $(WORKERS)

cases:  ## the default pack's own cases
	$(MEIHAO) check .
	$(MEIHAO) test

docs:  ## the documents' own tests, every quoted command of every page
	MEIHAO_EVERY_PAGE=1 $(PYTEST) tests/test_docs.py

fmt:  ## format and mend what can be mended
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

# Longer runs, one line each.
differential:  ## more random packs and facts through all readings
	$(PY) scripts/differential.py --packs 1000 --units 100 --programs 20000 --conclusions 6
	MEIHAO_EXAMPLES=5000 $(PYTEST) tests/expressions/test_expressions_differential.py tests/text_in/test_fast_shape.py tests/reports/test_unit_report.py

flips:  ## 10,000 changed bytes of a report and of a result: each is noticed
	$(PY) scripts/flips.py --count 10000

damaged:  ## 10,000 damaged packs, rounds, evidence files and workbooks: none ends in a bug, a hang or a crash
	$(PY) scripts/damaged.py --count 10000

pages:  ## every path in a browser, with axe on every screen
	MEIHAO_EVERY_SCREEN=1 $(PYTEST) tests/browser

kills:  ## 200 times a process that takes in, and 200 times the server, is killed: nothing that was acknowledged is lost
	MEIHAO_KILLS=200 $(PYTEST) -s tests/web/test_intake_kill.py tests/web/test_serve_kill.py

mutants:  ## small faults put into the ranking, one at a time: 9 of 10 and more are seen; before a release
	$(PY) scripts/mutants.py --package ranking --count 300 --at-least 90

mutate:  ## a sample of small faults in every judging package and in the words of verdicts; scores in docs/quality.md
	$(PY) scripts/mutants.py --package core --count 100 --at-least 90
	$(PY) scripts/mutants.py --package expressions assessment round ranking words --count 100 --at-least 75

bench:  ## measures; see bench/
	$(PY) -m bench

goldens:  ## rewrite the expected outputs (read the diff!)
	MEIHAO_REWRITE_GOLDENS=1 $(PYTEST) $(WORKERS)

schema:  ## the branches beside the methods, put into the one schema that editors read
	$(PY) scripts/compose_schema.py

wheel-test:  ## the suite against the built wheel, in a fresh environment outside the tree
	PYTHON=$(PY) sh scripts/wheel_test.sh

lock:  ## compile locks/ again (needs uv)
	sh scripts/lock.sh

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage
