"""A program tells errors apart by their kind, and knows the place without reading the message."""

import copy
import json
import pickle
import shutil
import socket

import pytest
from conftest import RECORD, ROOT, SEED, commit

import tasrih
from tasrih.confirmation import confirmed, move
from tasrih.files import writer
from tasrih.formatting import changes
from tasrih.interchange import exported, imported

KINDS = (
    tasrih.ArgumentError,
    tasrih.MissingError,
    tasrih.InvalidError,
    tasrih.RefusedError,
    tasrih.UnavailableError,
)


def raised(call, *given, **named):
    """What a call raises: of one kind alone, with its place in front of the message, and the same when copied."""
    with pytest.raises(tasrih.TasrihError) as told:
        call(*given, **named)
    error = told.value
    assert sum(isinstance(error, kind) for kind in KINDS) == 1
    assert error.place is None or str(error).startswith(f"{error.place}: ")
    for same in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(same) is type(error)
        assert (str(same), vars(same)) == (str(error), vars(error))
    return error


def of(error):
    return type(error), error.path, error.line


def lines(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


def test_what_is_not_there(tmp_path):
    path = str(tmp_path / "nothing")
    for call in (tasrih.load, tasrih.validate, lambda path: list(exported(path))):
        assert of(raised(call, path)) == (tasrih.MissingError, path, None)
    assert of(raised(tasrih.load, tmp_path)) == (tasrih.MissingError, str(tmp_path), None)
    assert of(raised(tasrih.verify, tmp_path)) == (tasrih.MissingError, str(tmp_path), None)
    (given,) = imported(path)
    assert of(given) == (tasrih.MissingError, path, None)
    found = raised(lambda: tasrih.load(ROOT / "corpus")["2021-nothing"])
    assert (*of(found), isinstance(found, tasrih.MissingError)) == (tasrih.NotFoundError, None, None, True)


def test_a_revision_that_is_not_there(tmp_path):
    shutil.copytree(ROOT / "tests/rules/Q101", tmp_path / "articles")
    commit(tmp_path)
    assert type(raised(tasrih.validate, tmp_path, since="v9")) is tasrih.MissingError
    assert type(raised(tasrih.validate, tmp_path, since="--all")) is tasrih.ArgumentError


def test_what_is_not_valid(tmp_path):
    path = lines(tmp_path / "a.jsonl", RECORD, RECORD | {"id": "b", "quotes": 3})
    assert of(raised(lambda: tasrih.load(path)["b"])) == (tasrih.InvalidError, path, 2)
    assert [of(error) for error in exported(path) if isinstance(error, tasrih.TasrihError)] == [
        (tasrih.InvalidError, path, 2)
    ]
    twice = lines(tmp_path / "b.jsonl", RECORD, RECORD)
    assert of(raised(tasrih.load, twice)) == (tasrih.InvalidError, twice, 2)
    file = tmp_path / "c.json"
    file.write_text("{}", encoding="utf-8")
    assert [of(error) for error in changes([file])] == [(tasrih.InvalidError, str(file), None)]
    assert type(raised(tasrih.draft, "x.txt", b"\xff\xfe\x00")) is tasrih.InvalidError


def test_every_place_of_a_document_that_is_not_valid_is_told_and_the_first_is_the_place_of_the_error():
    error = raised(tasrih.from_tei, b"<TEI>\n <q/>\n  <r/>\n</TEI>", "x.xml")
    assert (*of(error), error.column) == (tasrih.InvalidError, "x.xml", 1, 1)
    assert [line.split(": ")[0] for line in str(error).split("\n")] == ["x.xml:1:1", "x.xml:2:2", "x.xml:3:3"]
    error = raised(tasrih.from_tei, b"<TEI>\n</p>", "x.xml")
    assert (*of(error), error.column) == (tasrih.InvalidError, "x.xml", 2, 3)


def test_what_cannot_be_used():
    corpus = tasrih.load()
    for call in (
        lambda: tasrih.load(3),
        lambda: corpus.quotes(type="dirct"),
        lambda: corpus.articles(published="yesterday"),
        lambda: tasrih.validate("corpus", select="X9"),
        lambda: tasrih.validate("corpus", engine="dask"),
        lambda: tasrih.validate([]),
        lambda: tasrih.score(corpus, [], by="author"),
        lambda: tasrih.draft("x.txt", ""),
        lambda: tasrih.draft("x.txt", "نص عربي في البيت".encode(), published="yesterday"),
        lambda: tasrih.build("out", rights="none"),
    ):
        assert type(raised(call)) is tasrih.ArgumentError


def test_what_would_be_overwritten(tmp_path):
    file = tmp_path / "mine.json"
    file.write_text("mine", encoding="utf-8")
    put = writer(str(tmp_path), several=True, force=False)
    assert of(raised(put, "mine.json", b"")) == (tasrih.RefusedError, str(file), None)
    assert of(raised(tasrih.build, tmp_path)) == (tasrih.RefusedError, str(tmp_path), None)
    home = tmp_path / "corpus/articles/news"
    home.mkdir(parents=True)
    draft = home.parent / f"drafts/{SEED}.json"
    draft.parent.mkdir()
    status = RECORD["metadata"]["annotation"] | {"status": "draft"}
    (home / draft.name).write_text("{}", encoding="utf-8")
    draft.write_text(json.dumps(RECORD | {"metadata": RECORD["metadata"] | {"annotation": status}}), encoding="utf-8")
    assert type(raised(move, confirmed(draft))) is tasrih.RefusedError
    assert file.read_text(encoding="utf-8") == "mine"


def test_what_fails_around_it(tmp_path):
    loop = tmp_path / "loop.json"
    loop.symlink_to(loop)
    assert of(raised(tasrih.load, loop))[:2] == (tasrih.UnavailableError, str(loop))
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/a.json"
        assert of(raised(tasrih.load, url)) == (tasrih.UnavailableError, url, None)
