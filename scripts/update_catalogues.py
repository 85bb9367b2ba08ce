"""Writes what catalogues of data sets are told of the corpus; with --check, says whether it is stale.

docs/catalogues/masader.json is an entry of Masader, the catalogue of Arabic data sets, by the `schema.json` of its
repository (github.com/ARBML/masader), whose datasets/ it is for. What comes with a release is empty before it.
"""

import json
import sys
from typing import Any

import yaml
from generated import ROOT, arguments, settle

import tasrih

ENTRY = ROOT / "docs/catalogues/masader.json"
YEAR = 2026  # in which the corpus was made; an entry has one before there is a paper
LICENCES = {"CC-BY-4.0": "CC BY 4.0"}  # as the catalogue writes them
ANNOTATORS = {"human": "human annotation", "model": "LLM annotation", "rule": "machine annotation"}
ORIGINS = {"published": "news articles", "composed": "LLM"}
TASKS = ["named entity recognition", "information extraction", "multiple choice question answering", "other"]


def entry(corpus: tasrih.Corpus) -> dict[str, Any]:
    """The fields of an entry in the order of the catalogue's own."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    records = [article.record for article in corpus]
    about = [record.metadata for record in records]
    annotators = {one.kind for metadata in about for one in metadata.annotation.annotators}
    locators = [metadata.source.locator for metadata in about if metadata.source]
    quotes = sum(len(record.quotes) for record in records)
    return {
        "Name": citation["title"].partition(":")[0],
        "Dialect Subsets": [],
        "HF Link": "",
        "Link": citation.get("repository-code", ""),
        "License": LICENCES[citation["license"]],
        "Year": YEAR,
        "Language": "ar",
        "Dialect": "Modern Standard Arabic",
        "Source": [words for origin, words in ORIGINS.items() if origin in {one.origin for one in about}],
        "Domain": ["news"],
        "Form": "text",
        "Annotation Style": [words for kind, words in ANNOTATORS.items() if kind in annotators],
        "Description": f"News articles in which who said what is marked: {quotes} quotes with their cues and speakers, "
        "words in marks that are no speech, and entities. Of most published articles the words are left out, and put "
        "back from public repositories; the others were composed by a language model.",
        "Volume": float(len(records)),
        "Unit": "documents",
        "Ethical Risks": "Medium",
        "Provider": [author["name"] for author in citation["authors"]],
        "Derived From": sorted({locator.repository for locator in locators if locator}),
        "Paper Title": "",
        "Paper Link": "",
        "Script": "Arab",
        "Tokenized": False,
        "Host": "other",
        "Access": "Free",
        "Cost": "",
        "Has Splits": {"train", "test"} <= {metadata.split for metadata in about},
        "Partial": False,
        "Tasks": TASKS,
        "Venue Title": "",
        "Venue Type": "other",
        "Venue Name": "",
        "Authors": [author["name"] for author in citation["authors"]],
        "Affiliations": [],
        "Abstract": " ".join(citation["abstract"].split()),
        "Added By": "",
    }


def main() -> int:
    given = arguments(__doc__).parse_args()
    text = json.dumps(entry(tasrih.load(ROOT / "corpus")), ensure_ascii=False, indent=4)
    return settle({ENTRY: f"{text}\n"}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
