"""The ways to cite the corpus name the same thing."""

import re

import yaml
from check_release import faults_of_archive
from conftest import ROOT

import tasrih


def cited():
    return dict(re.findall(r"^ +(\w+) += \{+(.*?)\}+,?$", tasrih.load().cite(), re.MULTILINE))


def test_the_citation_file_names_this_version_and_agrees_with_cite():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    bibtex = cited()
    assert citation["version"] == tasrih.__version__ == bibtex["version"]
    assert citation["title"] == bibtex["title"]
    assert [author["name"] for author in citation["authors"]] == [bibtex["author"]]


def test_the_citation_file_has_what_its_format_requires():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation.keys() >= {"cff-version", "message", "title", "authors"}
    assert (citation["cff-version"], citation["type"], citation["license"]) == ("1.2.0", "dataset", "CC-BY-4.0")


def test_what_an_archive_that_gives_dois_is_told_agrees_with_the_citation_file():
    assert list(faults_of_archive()) == []
