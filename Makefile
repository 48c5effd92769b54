# Netra Kalimantan. Everything a person needs: make run, make test.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
ROOMS := app.py server.py settings.py errors.py keys.py audit language stats warehouse metrics charts exports ui pages etl geo
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
# uv installs in seconds what takes pip a minute; where uv cannot be had or fails, pip does it. Both check every hash.
INSTALL = ( $(PIP) install --require-hashes --no-deps -r requirements-installer.txt \
	&& $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $(1) ) \
	|| $(PIP) install --require-hashes -r $(1)

.PHONY: run test units journeys setup data check fix bench docs lock clean
.DEFAULT_GOAL := run

run: $(VENV)/.run-ready
	@$(BIN)/python -m etl prepare
	@echo "Netra Kalimantan: http://127.0.0.1:$(PORT)"
	@$(BIN)/streamlit run server.py --server.port $(PORT) --server.address 127.0.0.1 --server.headless true

# With -j2 what waits for a browser goes on beside what does not.
test: check units journeys

units: $(VENV)/.dev-ready
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not browser"

journeys: $(VENV)/.dev-ready
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m browser tests/functional

setup: $(VENV)/.dev-ready

data: $(VENV)/.run-ready
	$(BIN)/python -m etl prepare
	$(BIN)/python -m etl build

check: $(VENV)/.dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(ROOMS)
	$(BIN)/lint-imports

fix: $(VENV)/.dev-ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.run-ready
	$(BIN)/python -m etl dictionary > docs/data_dictionary.md
	$(BIN)/python -m language.glossary > docs/glossary.md

bench: $(VENV)/.dev-ready
	$(BIN)/python -m bench

# New pins.
lock: $(VENV)/.dev-ready
	for file in requirements requirements-dev requirements-installer; do \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header $$file.in -o $$file.txt || exit 1; done

# For the sample: it forgets what readers were told (data/vault/releases), so an operator keeps NETRA_DATA elsewhere.
# The audit log stays: whoever takes it away leaves a gap that is told for ever.
clean:
	rm -rf $(VENV) data/build data/vault data/sources data/log/jobs data/log/etl.log artefacts

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Netra needs Python 3.11, 3.12 or 3.13; this is %s. Try: make PYTHON=python3.12" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: requirements.txt requirements-installer.txt | $(VENV)/bin/python
	$(call INSTALL,requirements.txt)
	@touch $@

$(VENV)/.dev-ready: requirements-dev.txt $(VENV)/.run-ready
	$(call INSTALL,requirements-dev.txt)
	@touch $@
