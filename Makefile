VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.PHONY: dataset install java test

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

install: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'

java:  # for the tests on Spark
	command -v java || { apt-get update -qq && apt-get install -qq -y default-jre-headless; }

dataset: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python scripts/build_dataset.py dist/tasrih

test: install java
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest
