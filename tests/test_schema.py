"""The models and the published schema accept and reject the same documents."""

import copy
import hashlib
import json
import subprocess
import sys

import jsonschema
import jsonschema_rs
import pytest
from conftest import RECORD, ROOT, read_json
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from strategies import articles, places, registers

from tasrih import record

NAMES = ("article", "entities")
MODELS = {"article": record.Article, "entities": record.Register}
SCHEMAS = {name: read_json(ROOT / f"schema/v1/{name}.schema.json") for name in NAMES}
PYTHON = {name: jsonschema.Draft202012Validator(SCHEMAS[name]) for name in NAMES}
RUST = {name: jsonschema_rs.Draft202012Validator(SCHEMAS[name]) for name in NAMES}
FIXTURES = ROOT / "tests/fixtures/v1"
PLACES = [path for path, _ in places(RECORD) if path]
NUMBERS = [True, 0, -1, 1.0, 1.5, -0.0, 1e3, 2**31, 10**30]
STRINGS = ["", "x", "p1", "p1\n", "p0", "p\u0661", "\x00", "2021-02-29", "2020-02-29", "Q1", "a" * 200]
VALUES = st.sampled_from([None, *NUMBERS, *STRINGS, [], {}, [None]])


def modelled(document, name="article"):
    try:
        MODELS[name].model_validate_json(json.dumps(document))
    except ValidationError:
        return False
    return True


def verdicts(document, name="article"):
    return {modelled(document, name), PYTHON[name].is_valid(document), RUST[name].is_valid(document)}


def mutated(original, path, value, drop):
    document = copy.deepcopy(original)
    parent = document
    for step in path[:-1]:
        parent = parent[step]
    if drop:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return document


def test_the_published_schemas_are_what_the_models_say():
    command = [sys.executable, ROOT / "scripts/export_schema.py", "--check"]
    assert subprocess.run(command, check=False).returncode == 0


def test_the_seed_is_valid_everywhere():
    assert verdicts(RECORD) == {True}


@settings(max_examples=200)
@given(st.sampled_from(PLACES), VALUES, st.booleans())
def test_models_and_schema_agree_on_single_mutations(path, value, drop):
    assert len(verdicts(mutated(RECORD, path, value, drop))) == 1


@settings(max_examples=200)
@given(articles())
def test_made_records_are_valid_everywhere_and_come_back_as_they_were(document):
    assert verdicts(document) == {True}
    model = record.Article.model_validate_json(json.dumps(document))
    data = record.to_json(model)
    assert json.loads(data) == document
    assert record.to_json(record.Article.model_validate_json(data)) == data


@settings(max_examples=200)
@given(articles(), st.data(), VALUES, st.booleans())
def test_models_and_schema_agree_on_mutations_of_made_records(document, data, value, drop):
    path = data.draw(st.sampled_from([path for path, _ in places(document) if path]))
    assert len(verdicts(mutated(document, path, value, drop))) == 1


@settings(max_examples=200)
@given(registers(), st.data(), VALUES, st.booleans())
def test_models_and_schema_agree_on_registers(register, data, value, drop):
    assert verdicts(register, "entities") == {True}
    path = data.draw(st.sampled_from([path for path, _ in places(register) if path]))
    assert len(verdicts(mutated(register, path, value, drop), "entities")) == 1


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_what_was_valid_once_stays_valid(path):
    name = "entities" if path.stem == "entities" else "article"
    assert verdicts(read_json(path), name) == {True}
    assert record.to_json(MODELS[name].model_validate_json(path.read_bytes())) == path.read_bytes()


def test_the_fixtures_of_a_published_version_are_never_edited():
    kept = dict(reversed(line.split("  ")) for line in (FIXTURES / "SHA256SUMS").read_text().splitlines())
    assert kept == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FIXTURES.glob("*.json")}
    assert len(kept) == 3


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_is_described_with_an_example(name):
    schema = SCHEMAS[name]
    objects = [schema, *(model for model in schema["$defs"].values() if "properties" in model)]
    for properties in (model["properties"] for model in objects):
        assert all(field["description"] and field["examples"] for field in properties.values())


def test_the_register_is_valid():
    register = read_json(ROOT / "corpus/entities.json")
    assert verdicts(register, "entities") == {True}
    ids = [entity["id"] for entity in register["entities"]]
    assert ids == sorted(set(ids))
