VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.PHONY: dataset install test

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

install: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'

dataset: $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python scripts/build_dataset.py dist/tasrih

test: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python scripts/export_schema.py --check
	$(BIN)/python scripts/update_datasheet.py --check
	$(BIN)/python scripts/draw_picture.py --check
	$(BIN)/python scripts/update_rules.py --check
	$(BIN)/python -m pytest
