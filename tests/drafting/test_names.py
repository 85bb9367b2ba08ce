"""Articles of any name: each is drafted under an id and a path that a record may have, and none is lost for another."""

import json
import os
import re

import pytest
from conftest import ROOT, invoke
from hypothesis import given, settings
from hypothesis import strategies as st

from tasrih import TasrihError, draft
from tasrih.drafting.slugs import of_file, of_text
from tasrih.drafts import drafted_files, drafts

TEXT = 'الوزيرة تعلن خطة المياه\n\nقالت الوزيرة هدى السالمي: "سنفتح المصنع في الصيف المقبل".\n'
SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
SOURCE = re.compile("sources/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")
HOSTILE = "\n::error file=a::x\x1b[31m.txt"


def lines(folder, *given):
    """JSON Lines of articles, each of a text of its own."""
    file = folder / "lines.jsonl"
    articles = [{"text": f"{TEXT}{number}", **more} for number, more in enumerate(given)]
    file.write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("name", "article_id", "source"),
    [
        ("river.txt", "river", "river.txt"),
        ("000_5342da.txt", "000-5342da", "000_5342da.txt"),
        ("River.TXT", "river", "River.TXT"),
        ("-x.txt", "x", "-x.txt"),
        ("stdin", "stdin", "stdin"),
        ("مقال.txt", r"mql-[0-9a-f]{8}", r"mql-[0-9a-f]{8}\.txt"),
        ("with space.txt", r"with-space-[0-9a-f]{8}", r"with-space-[0-9a-f]{8}\.txt"),
        ("A B (1).txt", r"a-b-1-[0-9a-f]{8}", r"a-b-1-[0-9a-f]{8}\.txt"),
        (".hidden.txt", r"hidden-[0-9a-f]{8}", r"hidden-[0-9a-f]{8}\.txt"),
        ("index.php?id=3.html", r"index-php-id-3-[0-9a-f]{8}", r"index-php-id-3-[0-9a-f]{8}\.html"),
        ("con.txt", r"con-[0-9a-f]{8}", r"con-[0-9a-f]{8}\.txt"),
        ("...", r"draft-[0-9a-f]{8}", r"draft-[0-9a-f]{8}"),
        ("___.txt", r"draft-[0-9a-f]{8}", r"___\.txt"),
        (".txt", r"txt-[0-9a-f]{8}", r"txt-[0-9a-f]{8}"),
        ("x" * 251 + ".txt", "x{60}-[0-9a-f]{8}", "x{251}.txt"),
        ("ا" * 125 + ".txt", r"draft-[0-9a-f]{8}", r"draft-[0-9a-f]{8}\.txt"),
        ("bad\udcff.txt", r"bad-[0-9a-f]{8}", r"bad-[0-9a-f]{8}\.txt"),
        (HOSTILE, r"error-file-a-x-31m-[0-9a-f]{8}", r"error-file-a-x-31m-[0-9a-f]{8}\.txt"),
        ("", r"draft-[0-9a-f]{8}", r"draft-[0-9a-f]{8}"),
        ("corpus/sources/2024/a/river.txt", "river", "2024/a/river.txt"),
        ("corpus/sources/./2024/../x y/river.txt", "river", r"x-y-[0-9a-f]{8}/river\.txt"),
        ("elsewhere/river.txt", "river", "river.txt"),
    ],
)
def test_a_name_gives_an_id_and_a_path_that_a_record_may_have(name, article_id, source):
    found = of_file(name)
    assert re.fullmatch(article_id, found.id)
    assert re.fullmatch(f"sources/{source}", found.source)
    record = draft(name, TEXT.encode()) if not name.endswith("html") else None
    assert record is None or (record.id, record.metadata.source.path) == (found.id, found.source)


@settings(max_examples=300)
@given(st.text(st.characters(), max_size=300), st.text(st.characters(), max_size=300))
def test_any_two_names_give_ids_that_a_record_may_have_and_collide_only_when_nearly_alike(one, other):
    for naming in (of_text, of_file):
        found = [naming(one.replace("/", "")), naming(other.replace("/", ""))]
        for name in found:
            assert SLUG.fullmatch(name.id)
            assert len(name.id) <= 80
            assert SOURCE.fullmatch(name.source)
            assert len(name.source.rpartition("/")[2]) <= 255
        if one.isprintable() and not (one + other).isascii() and one != other:
            assert found[0] != found[1]


def test_the_name_of_a_file_is_one_in_every_locale():
    assert of_file("مقال.txt".encode().decode("ascii", "surrogateescape")) == of_file("مقال.txt")


def test_a_folder_of_every_kind_of_name_is_drafted_and_told(tmp_path):
    names = ["مقال.txt", "خبر.txt", "with space.txt", "A B (1).txt", ".hidden.txt", "index.php?id=3.txt", "t.txt"]
    names += ["T.txt", "a/t.txt", "b/t.txt", "b/same.txt", HOSTILE, "con.txt", "-x.txt", "bad\udcff.txt", "plain.txt"]
    for folder in ("in/a", "in/b", "in/__MACOSX", "in/.git"):
        (tmp_path / folder).mkdir(parents=True)
    for number, name in enumerate(names):
        (tmp_path / "in" / name).write_text(f"{TEXT}{number}", "utf-8")
    for name in ("._t.txt", "__MACOSX/t.txt", ".git/t.txt"):
        (tmp_path / "in" / name).write_bytes(b"\x00\x05\x16\x07")
    os.mkfifo(tmp_path / "in/pipe.txt")
    done = invoke("draft", tmp_path / "in", "--jobs", "1", "-o", tmp_path / "out")
    assert (done.exit_code, "pipe.txt: cannot be read (not a file" in done.stderr) == (1, True)
    records = [json.loads(file.read_bytes()) for file in sorted((tmp_path / "out").iterdir())]
    assert len(records) == len(names)
    assert len({record["id"] for record in records}) == len(names)
    assert len({record["metadata"]["source"]["path"].lower() for record in records}) == len(names)
    told = done.stderr.splitlines()
    assert len(told) == len(names) - 4 + 1  # T.txt, b/same.txt, -x.txt and plain.txt keep their names; the pipe
    for record in records:
        file = record["metadata"]["source"]["path"].removeprefix("sources/")
        kept = file in ("T.txt", "same.txt", "-x.txt", "plain.txt")
        assert kept or any(f"drafted as {record['id']}. Its text is expected in the corpus" in line for line in told)


def test_the_text_under_the_path_that_is_told_makes_the_draft_whole(tmp_path):
    (tmp_path / "مقال.txt").write_text(TEXT, "utf-8")
    corpus = tmp_path / "corpus"
    done = invoke("draft", tmp_path / "مقال.txt", "-o", f"{corpus}/articles/drafts/")
    source = re.search(r"as (sources/\S+)\.$", done.stderr.strip())[1]
    assert "M106" in invoke("validate", corpus).stdout
    (corpus / "sources").mkdir()
    (corpus / source).write_text(TEXT, "utf-8")
    assert invoke("validate", corpus).exit_code == 0


@pytest.mark.parametrize(
    ("given", "article_id"),
    [
        ({"id": "مقال"}, r"mql-[0-9a-f]{8}"),
        ({"id": ""}, "lines-1"),
        ({}, "lines-1"),
        ({"id": None}, "lines-1"),
        ({"id": 7}, "7"),
        ({"id": 1.5}, "1-5"),
        ({"id": "x" * 100_000}, "x{60}-[0-9a-f]{8}"),
        ({"id": "https://example.org/1/index.html"}, r"https-example-org-1-index-html-[0-9a-f]{8}"),
        ({"id": "../../etc/passwd"}, r"etc-passwd-[0-9a-f]{8}"),
        ({"id": "\ud800"}, r"draft-[0-9a-f]{8}"),
        ({"id": HOSTILE}, r"error-file-a-x-31m-txt-[0-9a-f]{8}"),
        ({"id": "x", "published": "2024-05-04"}, "2024-05-04-x"),
        ({"id": "x", "published": "", "url": None, "publisher": None}, "x"),
    ],
)
def test_a_line_is_drafted_under_any_id(tmp_path, given, article_id):
    (record,) = drafts([lines(tmp_path, given)])
    assert re.fullmatch(article_id, record.id)
    assert SOURCE.fullmatch(record.metadata.source.path)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"id": ["a"]}, '"id" is neither text nor a number'),
        ({"id": {}}, '"id" is neither text nor a number'),
        ({"id": True}, '"id" is neither text nor a number'),
        ({"published": "soon"}, "soon: not a day"),
        ({"published": "0999-01-01"}, "0999-01-01: not a day"),
        ({"published": 20240504}, '"published" is no text'),
        ({"publisher": ["a"]}, '"publisher" is no text'),
        ({"publisher": "\ud800"}, '"publisher" is no text'),
        ({"url": "ftp://example.org"}, "ftp://example.org: not an address"),
        ({"url": "https://example.org/a b"}, "not an address"),
        ({"text": 7}, 'no "text" in it'),
    ],
)
def test_a_line_that_cannot_be_drafted_is_named_and_the_rest_goes_on(tmp_path, given, told):
    error, record = drafts([lines(tmp_path, given, {"id": "next"})])
    assert isinstance(error, TasrihError)
    assert str(error).startswith(f"{tmp_path}/lines.jsonl:1: ")
    assert told in str(error)
    assert record.id == "next"


def test_lines_of_one_id_are_told_apart_by_their_text(tmp_path):
    given = lines(tmp_path, {"id": "x"}, {"id": "x"}, {"id": "X"}, {"id": "y", "text": TEXT}, {"id": "y", "text": TEXT})
    found = list(drafted_files([given]))
    assert len({drafted.id for drafted in found}) == 5
    assert [drafted.id for drafted in found[::3]] == ["x", "y"]
    assert [bool(drafted.note) for drafted in found] == [False, True, True, False, True]
    for drafted in found:
        record = json.loads(drafted.data)
        assert (record["id"], record["metadata"]["source"]["path"]) == (drafted.id, drafted.source)
    by_source = {}
    for drafted in found:
        assert by_source.setdefault(drafted.source.lower(), drafted.sha256) == drafted.sha256
    assert [drafted.data for drafted in drafted_files([given], jobs=2)] == [drafted.data for drafted in found]


def test_a_file_that_is_given_twice_is_drafted_once(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (record,) = drafts([str(tmp_path), str(tmp_path / "a.txt"), f"{tmp_path}/./a.txt"])
    assert record.id == "a"


def test_an_error_that_nobody_thought_of_is_one_line_with_its_name(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    error, record = drafts(["nul\0.txt", str(tmp_path / "a.txt")])
    assert re.fullmatch(r"nul\0\.txt: could not be drafted, .*\(ValueError: .*null byte\).*", str(error))
    assert record.id == "a"


@pytest.mark.parametrize(
    ("facts", "told"),
    [({"published": "2024-13-01"}, "not a day"), ({"published": "0001-01-01"}, "not a day"), ({"url": "x"}, "address")],
)
def test_what_is_known_of_an_article_must_be_possible(facts, told):
    with pytest.raises(TasrihError, match=rf"a\.txt: .*{told}"):
        draft("a.txt", TEXT.encode(), **facts)


def test_the_source_of_the_first_article_keeps_its_id():
    assert of_file(str(ROOT / "corpus/sources/000_5342da39c5f54c5f.txt")).source == "sources/000_5342da39c5f54c5f.txt"
