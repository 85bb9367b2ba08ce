"""The word lists: each is described, has the columns that are read, and holds what it says."""

import ast
import re

import pytest
from conftest import ROOT

from tasrih.record import CueKind
from tasrih.text.lists import cue_kind, is_cue, is_listed, labelled, listed, rows_of

TEXT = ROOT / "src/tasrih/text"
FILES = sorted(file.name for file in (TEXT / "lexicon").iterdir() if file.suffix != ".md")


def test_every_list_is_described_and_no_other():
    described = re.findall(r"`(\w+\.(?:txt|tsv|toml))`", (TEXT / "lexicon/README.md").read_text("utf-8"))
    assert sorted(described) == FILES


@pytest.mark.parametrize("name", [file.removesuffix(".tsv") for file in FILES if file.endswith(".tsv")])
def test_the_rows_of_a_table_have_as_many_columns(name):
    assert len({len(row) for row in rows_of(name)}) == 1


@pytest.mark.parametrize("name", [file.removesuffix(".txt") for file in FILES if file.endswith(".txt")])
def test_a_word_of_a_list_is_in_it_however_it_is_spelt(name):
    assert listed(name)
    assert all(is_listed(word, name) for word in listed(name))


def test_cues_have_the_kinds_of_records_and_are_known_by_every_form():
    assert {kind for kind, _ in labelled("cues")} <= set(CueKind.__args__)
    assert all(cue_kind(form) and is_cue(form) for _, form in labelled("cues"))
    assert is_cue("قَالَ")
    assert is_cue(":")
    assert not is_cue("قال الوزير")


def test_the_ground_floor_imports_nothing_from_above():
    trees = [ast.parse(file.read_text("utf-8")) for file in TEXT.glob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    ours = {module for module in imported if module.startswith("tasrih")}
    assert ours
    assert all(module.startswith("tasrih.text.") for module in ours)
