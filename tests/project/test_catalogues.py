"""What catalogues are told of the corpus: with their fields, and the figures of the corpus."""

import subprocess
import sys

from conftest import ROOT, read_json

import tasrih

ENTRY = read_json(ROOT / "docs/catalogues/masader.json")
TYPES = {  # the fields of schema.json in ARBML/masader and what each holds; `_` is a space in its entries
    str: "Name HF_Link Link License Language Dialect Form Description Unit Ethical_Risks Paper_Title Paper_Link Script"
    " Host Access Cost Venue_Title Venue_Type Venue_Name Abstract Added_By",
    list: "Dialect_Subsets Source Domain Annotation_Style Provider Derived_From Tasks Authors Affiliations",
    bool: "Tokenized Has_Splits Partial",
    int: "Year",
    float: "Volume",
}
VALUES = {  # of those that the schema has for the field, the ones that could be true here
    "License": {"CC BY 4.0"},
    "Language": {"ar"},
    "Dialect": {"Modern Standard Arabic", "mixed"},
    "Source": {"news articles", "LLM"},
    "Domain": {"news", "general"},
    "Form": {"text"},
    "Annotation Style": {"human annotation", "human validation", "machine annotation", "LLM annotation"},
    "Unit": {"tokens", "sentences", "documents"},
    "Ethical Risks": {"Low", "Medium", "High"},
    "Script": {"Arab"},
    "Host": {"GitHub", "GitLab", "zenodo", "HuggingFace", "other"},
    "Access": {"Free"},
    "Tasks": {
        *("named entity recognition", "information extraction", "coreference resolution", "linking"),
        *("question answering", "multiple choice question answering", "tokenization", "other"),
    },
    "Venue Type": {"preprint", "workshop", "conference", "journal", "other"},
}


def test_the_entry_has_the_fields_of_the_catalogue_with_what_they_may_hold():
    kinds = {field.replace("_", " "): kind for kind, fields in TYPES.items() for field in fields.split()}
    assert {field: type(value) for field, value in ENTRY.items()} == kinds
    for field, allowed in VALUES.items():
        given = ENTRY[field] if isinstance(ENTRY[field], list) else [ENTRY[field]]
        assert given
        assert set(given) <= allowed, field
    assert len(ENTRY["Description"].split()) <= 50
    assert len(ENTRY["Tasks"]) <= 5


def test_its_figures_are_those_of_the_corpus():
    corpus = tasrih.load(ROOT / "corpus")
    assert (ENTRY["Volume"], ENTRY["Unit"]) == (len(corpus), "documents")
    assert f" {sum(1 for _ in corpus.quotes())} quotes " in ENTRY["Description"]
    sheet = (ROOT / "DATASHEET.md").read_text(encoding="utf-8")
    assert "six public repositories" in " ".join(sheet.split())
    assert len(ENTRY["Derived From"]) == 6


def test_it_is_up_to_date():
    command = [sys.executable, ROOT / "scripts/update_catalogues.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
