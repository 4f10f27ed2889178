# The whole of it: make run serves the demo hall (make run PORT=8001: at another port), make test checks everything.
# First use sets up .venv and node_modules.
PYTHON ?= python3

# The tests wait more than they reckon: four at a time keep two cores busy.
WORKERS ?= 4
CHECKS = ruff mypy biome tsc scripts

.PHONY: run test bench lint $(CHECKS) setup lock

run:
	@$(PYTHON) tools/setup.py run
	@.venv/bin/python server.py run --demo $(if $(PORT),--port $(PORT))

test: lint
	@.venv/bin/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

bench: setup
	@.venv/bin/python -m bench

lint: setup
	@$(MAKE) --no-print-directory --jobs 2 $(CHECKS)

ruff:
	@.venv/bin/python -m ruff check
	@.venv/bin/python -m ruff format --check

mypy:
	@.venv/bin/python -m mypy

biome:
	@.venv/bin/python tools/node.py node_modules/.bin/biome ci --colors=off --error-on-warnings

tsc:
	@.venv/bin/python tools/node.py node_modules/.bin/tsc --project tsconfig.json

scripts:
	@.venv/bin/python tools/node.py node --test tests/js/*.test.js

setup:
	@$(PYTHON) tools/setup.py test

lock: setup
	@for each in tools node run dev; do \
		.venv/bin/python -m uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 \
			--no-emit-index-url --no-emit-find-links requirements/$$each.in -o requirements/$$each.txt || exit 1; \
	done
