"""The models and the published schema accept and reject the same documents."""

import copy
import json
import subprocess
import sys

import jsonschema
import jsonschema_rs
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tasrih import record

SCHEMAS = {
    name: json.loads((ROOT / f"schema/v1/{name}.schema.json").read_text(encoding="utf-8"))
    for name in ("article", "entities")
}
PYTHON = jsonschema.Draft202012Validator(SCHEMAS["article"])
RUST = jsonschema_rs.Draft202012Validator(SCHEMAS["article"])
SEED = json.loads((ROOT / "corpus/articles/news/2021-10-13-lavrov-afghanistan.json").read_text(encoding="utf-8"))


def modelled(document):
    try:
        record.Article.model_validate_json(json.dumps(document))
    except ValidationError:
        return False
    return True


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


PLACES = [path for path in places(SEED) if path]
VALUES = st.sampled_from(
    [None, True, 0, -1, 1.0, 1.5, 2**31, "", "x", "p1", "p1\n", "p0", "2021-02-29", "2020-02-29", "Q1", [], {}, [None]]
)


def mutated(path, value, drop):
    document = copy.deepcopy(SEED)
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
    assert modelled(SEED)
    assert PYTHON.is_valid(SEED)
    assert RUST.is_valid(SEED)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), VALUES, st.booleans())
def test_models_and_schema_agree_on_single_mutations(path, value, drop):
    document = mutated(path, value, drop)
    assert modelled(document) == PYTHON.is_valid(document) == RUST.is_valid(document)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_is_described_with_an_example(name):
    schema = SCHEMAS[name]
    objects = [schema, *(model for model in schema["$defs"].values() if "properties" in model)]
    for properties in (model["properties"] for model in objects):
        assert all(field["description"] and field["examples"] for field in properties.values())


def test_the_register_is_valid():
    register = json.loads((ROOT / "corpus/entities.json").read_text(encoding="utf-8"))
    assert jsonschema.Draft202012Validator(SCHEMAS["entities"]).is_valid(register)
    ids = [entity["id"] for entity in register["entities"]]
    assert ids == sorted(set(ids))
