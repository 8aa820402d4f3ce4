# Sugar for people on Linux. Everything goes through main.py, which makes .venv the first time.
PYTHON ?= python3
ARGS ?=

.PHONY: run test lint bench

run:
	@$(PYTHON) main.py $(ARGS)

test:
	@$(PYTHON) main.py --test $(ARGS)

lint:
	@$(PYTHON) main.py --lint $(ARGS)

bench:
	@$(PYTHON) main.py --bench $(ARGS)
