VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.PHONY: chromium dataset evaluations install java pyright rehearsal site test

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

install: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'

java:  # for the tests on Spark
	command -v java || { apt-get update -qq && apt-get install -qq -y default-jre-headless; }

chromium:  # for the tests in a browser
	command -v chromium || { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; }

dataset: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python scripts/build_dataset.py dist/tasrih

site: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	$(BIN)/python -m sphinx -q -W --keep-going -c docs/site -d dist/.doctrees . dist/site

evaluations: $(BIN)/python  # torch is large: use an environment of its own, VENV=/tmp/evaluations
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[evaluations]'
	HF_HUB_OFFLINE=1 $(BIN)/python evaluations/run.py

pyright: install  # large, with a Node.js of its own: neither CI nor the tests run it
	$(BIN)/python -m pip install --quiet --disable-pip-version-check basedpyright
	$(BIN)/basedpyright --pythonpath $(BIN)/python

rehearsal: install  # every step of a release, with nothing published
	$(BIN)/python scripts/rehearse_release.py

test: install chromium java
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest
