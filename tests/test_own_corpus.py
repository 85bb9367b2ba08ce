"""A corpus of somebody else's, from the records to a hub: nothing in it speaks of Tasrih but as the tool."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys

import own
import pyarrow.parquet as pq
import pytest
import yaml
from conftest import ROOT, invoke
from datasets import load_dataset
from huggingface_hub import DatasetCard
from make_corpus import articles

import tasrih
from tasrih.corpus import loaded
from tasrih.dataset import manifest
from tasrih.settings import chosen_corpus, settings
from tasrih.testing import assert_valid

OURS = re.compile(r"Tasrih|The Tasrih contributors|CC.BY.4|Lavrov|seed article|news quotations")
MACHINES = re.compile(r"anguage models? (annotated|composed)|machine-generated|[Nn]o person has|invented people")


def command(*arguments, cwd):
    with contextlib.chdir(cwd):
        return invoke(*arguments)


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    return own.repository(tmp_path_factory.mktemp("own") / "marfa-quotes")


@pytest.fixture(scope="module")
def dataset(repository):
    """Built by a process of its own, which has no home."""
    build = f"from tasrih.cli import main; main({['build', '--out', 'dist/marfa', '--jobs', '1']})"
    variables = os.environ | {"PYTHONPATH": str(ROOT / "src"), "HOME": "/nonexistent"}
    done = subprocess.run(
        [sys.executable, "-c", build], cwd=repository, env=variables, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return repository / "dist/marfa"


def prose(dataset):
    """What the card says, but for the tables of columns, which explain the format."""
    text = (dataset / "README.md").read_text(encoding="utf-8")
    return text.partition("\n## Columns\n")[0] + text.partition("\n## Files\n")[2]


def croissant(dataset):
    described = json.loads((dataset / "croissant.json").read_bytes())
    return {name: value for name, value in described.items() if name not in ("@context", "recordSet", "distribution")}


COMMANDS = [
    (("show", "2024-01-02-lights"), "سهيلة المرجاني"),
    (("search", "الرصيف"), "2024-01-02-lights p2"),
    (("stats",), "harbour"),
    (("cite",), "@misc{marfa,"),
    (("validate", "--strict"), "1 record, 0 errors, 0 warnings"),
    (("format",), "formatted"),
    (("format", "--check"), ""),
    (("export", "--to", "tei"), "سهيلة المرجاني"),
    (("build", "--out", "dist/again"), "dist/again"),
]


def test_every_command_works_on_the_corpus_of_the_repository(tmp_path):
    repository = own.repository(tmp_path / "marfa-quotes")
    for arguments, said in COMMANDS:
        done = command(*arguments, cwd=repository / "corpus/articles")
        assert done.exit_code == 0, (arguments, done.stderr)
        assert said in done.stdout
        assert done.stderr == f"{repository}/corpus: by {repository}/pyproject.toml.\n"
        assert "lavrov" not in done.stdout.lower()


def test_what_is_typed_is_taken_and_nothing_is_said(repository):
    for arguments in (["stats", "corpus"], ["validate", "corpus"], ["show", "2024-01-02-lights", "--corpus", "corpus"]):
        done = command(*arguments, cwd=repository)
        assert (done.exit_code, done.stderr) == (0, "")


def test_without_settings_the_bundled_corpus_is_named(tmp_path):
    done = command("stats", cwd=tmp_path)
    assert done.stderr.startswith("The bundled corpus: no [tool.tasrih]")
    (tmp_path / "pyproject.toml").write_text("[tool.tasrih]\nstrict = true\n")
    assert f"{tmp_path}/pyproject.toml names no paths" in command("cite", cwd=tmp_path).stderr


BROKEN = [
    ('[tool.tasrih]\npaths = ["corpsu"]', "pyproject.toml: tool.tasrih names "),
    ('[tool.tasrih]\npaths = ["corpus"]\ncorpus = "elsewhere"', "pyproject.toml: tool.tasrih names "),
    ("[tool.tasrih\n", "pyproject.toml: not TOML"),
    ("[tool]\ntasrih = 3\n", "tool.tasrih is a table"),
    ("x = " + "[" * 5000, "pyproject.toml: not TOML"),
]


@pytest.mark.parametrize(("text", "why"), BROKEN)
def test_broken_settings_stop_what_needs_them_and_say_so(text, why, tmp_path):
    repository = own.repository(tmp_path)
    (repository / "pyproject.toml").write_text(text, encoding="utf-8")
    before = sorted(repository.rglob("*"))
    for arguments in (["build", "--out", "out"], ["format"]):
        done = command(*arguments, cwd=repository)
        assert done.exit_code == 2
        assert why in done.stderr
        assert "Traceback" not in done.stderr
    assert command("stats", "corpus", cwd=repository).exit_code == 0
    assert sorted(repository.rglob("*")) == before


def test_settings_above_a_home_are_not_those_of_who_lives_there(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text('[tool.tasrih]\npaths = ["."]\n', encoding="utf-8")
    (tmp_path / "home/work").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert settings(tmp_path / "home/work").file is None
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path / "home/work")
    assert chosen_corpus().paths == (f"{tmp_path}",)


def test_several_paths_are_one_corpus(tmp_path, monkeypatch):
    repository = own.repository(tmp_path)
    second = own.record("2024-02-03-second", "الثانية")
    (repository / "more.jsonl").write_text(json.dumps(second) + "\n", encoding="utf-8")
    table = '[tool.tasrih]\npaths = ["corpus", "more.jsonl"]\ncorpus = "corpus"\n'
    (repository / "pyproject.toml").write_text(table, encoding="utf-8")
    (repository / "corpus/sources/2024-02-03-second.txt").write_text(
        "\n\n".join(paragraph["text"] for paragraph in second["paragraphs"]) + "\n", encoding="utf-8"
    )
    monkeypatch.chdir(repository)
    assert_valid()
    found = chosen_corpus()
    dataset = tasrih.build("out", found.paths, within=found.within)
    for corpus in (loaded(found.paths, found.within), tasrih.load(dataset)):
        assert len(list(corpus.quotes(speaker=own.ALIAS))) == 2
        assert corpus.cite().startswith("@misc{marfa,")


def test_the_dataset_carries_its_register(repository, dataset):
    assert (dataset / "entities.json").read_bytes() == (repository / "corpus/entities.json").read_bytes()
    assert "entities.json" in manifest.read(dataset).listed
    assert tasrih.verify(dataset) == []
    for corpus in (tasrih.load(repository / "corpus"), tasrih.load(dataset)):
        assert list(corpus.entities) == ["suhayla-marjani"]
        assert [quote.id for quote in corpus.quotes(speaker=own.ALIAS)] == ["q1"]
    (dataset / "entities.json").write_bytes((dataset / "entities.json").read_bytes() + b"\n")
    assert "entities.json" in [fault.file for fault in tasrih.verify(dataset)]
    shutil.copyfile(repository / "corpus/entities.json", dataset / "entities.json")


def test_records_in_no_corpus_have_no_register_and_never_the_bundled_one(tmp_path):
    records = tmp_path / "made.jsonl"
    records.write_text(json.dumps(next(articles(1, 0))), encoding="utf-8")
    dataset = tasrih.build(tmp_path / "dataset", [records])
    assert not (dataset / "entities.json").exists()
    assert dict(tasrih.load(dataset).entities) == dict(tasrih.load(records).entities) == {}


def test_the_dataset_of_the_bundled_corpus_has_the_register_of_that(whole_dataset):
    assert dict(tasrih.load(whole_dataset).entities) == dict(tasrih.load().entities)
    assert "sergey-lavrov" in tasrih.load(whole_dataset).entities


def test_registers_of_several_corpora_are_put_together(tmp_path):
    one, other = own.repository(tmp_path / "one"), own.repository(tmp_path / "other")
    (other / "corpus/articles/harbour/2024-01-02-lights.json").unlink()
    own.add(other / "corpus", own.record("2024-02-03-second", "الثانية وفيها كلام آخر عن الميناء"))
    extra = own.REGISTER["entities"][0] | {"id": "another", "names": {"arabic": ["نجلاء البحار"], "latin": ["N"]}}
    register = {"schema_version": "1.0", "entities": [extra, *own.REGISTER["entities"]]}
    (other / "corpus/entities.json").write_text(json.dumps(register), encoding="utf-8")
    dataset = tasrih.build(tmp_path / "dataset", [one / "corpus", other / "corpus"])
    assert list(tasrih.load(dataset).entities) == ["another", "suhayla-marjani"]
    assert not OURS.search(prose(dataset))
    register["entities"][1] = register["entities"][1] | {"names": {"arabic": ["سهيلة أخرى"], "latin": ["S"]}}
    (other / "corpus/entities.json").write_text(json.dumps(register), encoding="utf-8")
    with pytest.raises(tasrih.TasrihError, match="suhayla-marjani is another entity than in"):
        tasrih.build(tmp_path / "again", [one / "corpus", other / "corpus"])


def test_a_register_with_errors_is_not_built(tmp_path):
    repository = own.repository(tmp_path)
    for text in ("{", '{"schema_version": "1.0", "entities": 3}'):
        (repository / "corpus/entities.json").write_text(text, encoding="utf-8")
        with pytest.raises(tasrih.TasrihError, match=r"entities\.json: S\d\d\d"):
            tasrih.build(tmp_path / "out", [repository / "corpus"])
    assert not (tmp_path / "out").exists()


def test_the_card_is_that_of_the_corpus(dataset):
    said = prose(dataset)
    assert not OURS.search(said)
    assert not MACHINES.search(said)
    assert "# Marfa: quotations of a harbour press\n\nQuotations from the harbour press, read by two people." in said
    assert "The only article appeared in the press. People annotated the only article." in said
    header = DatasetCard.load(dataset / "README.md").data.to_dict()
    expected = {"pretty_name": "Marfa", "license": "odbl", "annotations_creators": ["expert-generated"]}
    assert {name: header[name] for name in expected} == expected
    assert header["language_creators"] == ["found"]
    assert {config["version"] for config in header["configs"]} == {"2.3.0"}
    assert manifest.read(dataset).version == "2.3.0"
    assert manifest.read(dataset).tasrih == tasrih.__version__
    assert (dataset / "LICENSE").read_text(encoding="utf-8") == "The harbour's own terms.\n"
    assert (dataset / "CITATION.cff").read_text(encoding="utf-8") == own.CITATION
    assert not (dataset / "CHANGELOG.md").exists()
    assert "CHANGELOG" not in said


def test_the_croissant_file_is_that_of_the_corpus(dataset):
    described = croissant(dataset)
    assert not OURS.search(json.dumps(described))
    assert not MACHINES.search(json.dumps(described))
    assert (described["name"], described["version"]) == ("marfa", "2.3.0")
    assert described["url"] == "https://marfa.example.org/corpus"
    assert described["license"] == "https://spdx.org/licenses/ODbL-1.0"
    assert [author["name"] for author in described["creator"]] == ["Salma Haddad", "The Harbour Society"]
    assert described["citeAs"].startswith("@misc{marfa,")


def test_the_folder_and_its_dataset_are_cited_alike(repository, dataset):
    cited = tasrih.load(dataset).cite()
    assert tasrih.load(repository / "corpus").cite() == cited
    assert [line.partition(" = ")[2] for line in cited.splitlines()[1:-1]] == [
        "{Marfa: quotations of a harbour press},",
        "{Haddad, Salma and {The Harbour Society}},",
        "{2024},",
        "{2.3.0},",
        "{https://marfa.example.org/corpus}",
    ]
    assert command("cite", "dist/marfa", cwd=repository).stdout == f"{cited}\n"


def bare(folder):
    repository = own.repository(folder, citation=None)
    (repository / "LICENSE-DATA.md").unlink()
    return repository


def test_without_documents_nothing_is_claimed(tmp_path):
    repository = bare(tmp_path / "quiet-harbour")
    dataset = tasrih.build(tmp_path / "dataset", [repository / "corpus"])
    said, described = prose(dataset), croissant(dataset)
    assert not OURS.search(said + json.dumps(described))
    assert not MACHINES.search(said + json.dumps(described))
    assert "\n# quiet-harbour\n" in said
    assert "bibtex" not in said
    header = DatasetCard.load(dataset / "README.md").data.to_dict()
    assert (header["license"], header["pretty_name"]) == ("unknown", "quiet-harbour")
    assert not {"license_name", "license_link"} & header.keys()
    assert all("version" not in config for config in header["configs"])
    assert described["name"] == "quiet-harbour"
    assert not {"creator", "publisher", "license", "version", "citeAs"} & described.keys()
    assert manifest.read(dataset).version is None
    assert {path.name for path in dataset.iterdir() if path.is_file()} == {
        "README.md",
        "corpus.svg",
        "croissant.json",
        "entities.json",
        "manifest.json",
    }
    assert tasrih.verify(dataset) == []
    for path in (repository / "corpus", dataset):
        with pytest.raises(tasrih.TasrihError, match=r"Write a CITATION\.cff"):
            tasrih.load(path).cite()
    with pytest.raises(tasrih.TasrihError, match=r"has no version. Build it again, with one in the CITATION\.cff"):
        tasrih.push("me/quiet", dataset, dry_run=True)


def test_json_lines_beside_somebodys_citation_are_not_theirs(tmp_path):
    (tmp_path / "CITATION.cff").write_text(own.CITATION, encoding="utf-8")
    (tmp_path / "dist").mkdir()
    for folder in (tmp_path, tmp_path / "dist"):
        (folder / "made.jsonl").write_text(json.dumps(next(articles(1, 0))), encoding="utf-8")
        dataset = tasrih.build(tmp_path / "dataset", [folder / "made.jsonl"])
        assert croissant(dataset)["name"] == "made"
        assert not (dataset / "CITATION.cff").exists()


def test_figures_of_origin_and_annotators_are_counted(tmp_path):
    repository = own.repository(tmp_path)
    machine = {"status": "reviewed", "guidelines": "1.1", "annotators": [{"id": "m", "kind": "model"}]}
    composed = own.record("2024-03-04-made", "الثالثة وليس فيها غير هذا", collection="composed", origin="composed")
    composed["metadata"] |= {"annotation": machine, "source": None, "url": None}
    composed["metadata"]["rights"] = {"holder": None, "license": "CC0-1.0", "redistribution": "permitted"}
    own.add(repository / "corpus", composed)
    dataset = tasrih.build(tmp_path / "out", [repository / "corpus"])
    said = prose(dataset)
    assert "A language model composed 1 of the 2 articles" in said
    assert "People annotated 1 of the 2 articles. Language models annotated 1 of the 2 articles." in said
    assert "no person has" not in said.lower()
    assert "| composed | CC0-1.0 | yes | 1 |" in said
    header = DatasetCard.load(dataset / "README.md").data.to_dict()
    assert sorted(header["annotations_creators"]) == ["expert-generated", "machine-generated"]
    assert (header["license"], header["license_name"]) == ("other", "odbl-1.0-except-1-of-2-texts")
    assert header["license_link"] == "LICENSE"


def test_a_withheld_text_has_no_part_in_the_licence(tmp_path):
    repository = own.repository(tmp_path)
    closed = own.record("2024-03-04-closed", "الثالثة وليس فيها غير هذا")
    closed["metadata"]["rights"] = {"holder": None, "license": None, "redistribution": "unknown"}
    own.add(repository / "corpus", closed)
    for rights, licence in (("all", "other"), ("redistributable", "odbl")):
        dataset = tasrih.build(tmp_path / rights, [repository / "corpus"], rights=rights)
        assert DatasetCard.load(dataset / "README.md").data.license == licence


def test_what_is_hydrated_is_still_the_corpus(tmp_path):
    repository = own.repository(tmp_path)
    closed = own.record("2024-03-04-closed", "الثالثة وليس فيها غير هذا")
    closed["metadata"]["rights"] = {"holder": None, "license": None, "redistribution": "unknown"}
    own.add(repository / "corpus", closed)
    public = tasrih.build(tmp_path / "public", [repository / "corpus"], rights="redistributable")
    records = tmp_path / "records.jsonl"
    records.write_text("".join(json.dumps(made) + "\n" for made in (own.record(), closed)), encoding="utf-8")
    whole = tasrih.hydrate(public, records, tmp_path / "whole")
    assert tasrih.load(whole).cite() == tasrih.load(public).cite()
    assert (whole / "entities.json").read_bytes() == (public / "entities.json").read_bytes()
    assert manifest.read(whole).version == "2.3.0"


@pytest.mark.parametrize("name", ["LICENSE-DATA.md", "CITATION.cff", "corpus/entities.json", "DATASHEET.md"])
def test_a_link_does_not_carry_other_files_into_the_dataset(name, tmp_path):
    repository = own.repository(tmp_path / "repository")
    (tmp_path / "secret").write_text("title: secret\nauthors: [{name: A}]\n", encoding="utf-8")
    (repository / name).unlink(missing_ok=True)
    (repository / name).symlink_to(tmp_path / "secret")
    with pytest.raises(tasrih.TasrihError, match="is a link to a file elsewhere"):
        tasrih.build(tmp_path / "out", [repository / "corpus"])
    assert not (tmp_path / "out").exists()


def test_a_dataset_in_the_cache_of_a_hub_is_made_of_links(dataset, tmp_path):
    snapshot, blobs = tmp_path / "snapshots/0123abc", tmp_path / "blobs"
    blobs.mkdir()
    for number, path in enumerate(path for path in dataset.rglob("*") if path.is_file()):
        place = snapshot / path.relative_to(dataset)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, blobs / str(number))
        place.symlink_to(blobs / str(number))
    opened = tasrih.load(snapshot)
    assert opened.cite() == tasrih.load(dataset).cite()
    assert len(list(opened.quotes(speaker=own.ALIAS))) == 1


CITATIONS = [
    ("title: [", "cannot be read as YAML"),
    ("- " * 5000, "cannot be read as YAML"),
    ("a title", "it "),
    ("authors: [{name: A}]", "title"),
    ("title: T\nauthors: []", "authors"),
    ("title: T\nauthors: [{given-names: ''}]", "authors.0"),
    ("title: T\nauthors: nobody", "authors"),
    ("title: T\nauthors: [{name: A}]\nlicense: all mine", "license"),
    ("title: T\nauthors: [{name: A}]\nurl: 'javascript:alert(1)'", "url"),
    ("title: T\nauthors: [{name: A}]\ndate-released: yesterday", "date-released"),
]


@pytest.mark.parametrize(("text", "field"), CITATIONS)
def test_a_wrong_citation_file_is_named_with_its_field(text, field, tmp_path):
    repository = own.repository(tmp_path, citation=text)
    for work in (lambda folder: tasrih.build(tmp_path / "out", [folder]), lambda folder: tasrih.load(folder).cite()):
        with pytest.raises(tasrih.TasrihError, match=rf"CITATION\.cff: .*{re.escape(field)}"):
            work(repository / "corpus")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("title", "version", "key", "tex"),
    [
        ("أقوال المرفأ", "1.10.0", "marfa-quotes", "أقوال المرفأ"),
        ("Ports & {Piers} 100%", "2.0", "ports-piers-100", r"Ports \& (Piers) 100\%"),
        ("Null", "null", "null", "Null"),
    ],
)
def test_titles_and_versions_are_taken_as_they_stand(title, version, key, tex, tmp_path):
    told = {"title": title, "authors": [{"family-names": "Null", "given-names": "A. and B."}], "version": version}
    repository = own.repository(tmp_path / "marfa-quotes", citation=yaml.safe_dump(told, allow_unicode=True))
    cited = tasrih.load(repository / "corpus").cite()
    assert cited.startswith(f"@misc{{{key},\n  title     = {{{tex}}},\n  author    = {{Null, {{A. and B.}}}},")
    assert f"version   = {{{version}}}" in cited
    dataset = tasrih.build(tmp_path / "dataset", [repository / "corpus"])
    assert manifest.read(dataset).version == version
    assert len(load_dataset(str(dataset), "quotes", split="train", cache_dir=str(tmp_path / "cache"))) == 1


def test_the_bundled_card_says_how_much_is_composed_and_how_small_it_is(whole_dataset):
    text = (whole_dataset / "README.md").read_text(encoding="utf-8")
    first = text.partition("\n# ")[2].split("\n\n")[1]
    composed = sum(article.metadata.origin == "composed" for article in tasrih.load())
    assert f"A language model composed {composed} of the {len(tasrih.load())} articles" in first
    assert "It is small: " in first
    assert "Language models annotated all" in first
    assert "texts belong to their publishers" not in text
    assert f"| composed | CC-BY-4.0 | yes | {composed} |" in text


def test_the_card_says_truly_where_the_text_of_a_quote_stands(whole_dataset):
    rows = [row for path in (whole_dataset / "data/quotes").iterdir() for row in pq.read_table(path).to_pylist()]
    whole = [row for row in rows if row["paragraph"][row["start"] : row["end"]] == row["text"]]
    said = " ".join((whole_dataset / "README.md").read_text(encoding="utf-8").split())
    assert f"In {len(whole)} of {len(rows)} rows it stands in `paragraph` from `start` to `end`" in said
    assert len(whole) < len(rows)
    for row in rows:
        assert row["text"] == " ".join(span["text"] for span in row["spans"])
        assert (row["start"], row["end"]) == (row["spans"][0]["start"], row["spans"][0]["end"])
