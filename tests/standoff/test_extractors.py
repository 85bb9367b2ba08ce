"""The text of one article comes out of the bytes of a file, or it is said why not."""

import io
import json
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasrih.errors import InvalidError
from tasrih.standoff import extractors
from tasrih.standoff.extractors import EXTRACTORS, extracted

HEADLINE, BODY = "افتتاح مكتبة في وادي الزعفران", "قال أمين المكتبة سهيل الرندي إن الكتب كثيرة.\nوحضر جمع من القراء."
TEXT = f"{HEADLINE}\n\n{BODY}\n"


def packed(**files):
    """A zip of some files, packed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.json", content)
    return stream.getvalue()


def articles(*titles):
    return json.dumps([{"title": title, "content": f" {BODY}\r\n", "url": "x"} for title in titles])


XML = f"<DOC>\n<ID>1</ID>\n<TITLE>\n{HEADLINE} </TITLE>\n<TEXT>\n{BODY}\n\n</TEXT>\n</DOC>"
LINES = f"سطر آخر.\n{HEADLINE}\n  {BODY.splitlines()[0]}\n{BODY.splitlines()[1]}  \nسطر بعده.\n"
FILES = {
    "ant-xml": (XML.encode(), []),
    "zipjson": (packed(day=articles("x", HEADLINE)), [1]),
    "plain": (TEXT.encode(), []),
    "lines": (LINES.encode(), [2, 4]),
}


def locator(form, item=(), **more):
    return {"format": form, "item": list(item), "extractor": 1, **more}


def refused(form, data, item=(), **more):
    with pytest.raises(InvalidError) as told:
        extracted(data, locator(form, item, **more))
    return str(told.value)


def test_every_format_has_its_file_here():
    assert FILES.keys() == EXTRACTORS.keys()


@pytest.mark.parametrize("form", [form for form in FILES if form != "lines"])
def test_the_text_is_headline_blank_line_and_body(form):
    data, item = FILES[form]
    assert extracted(data, locator(form, item)) == TEXT


def test_lines_lose_the_spaces_around_them():
    data, item = FILES["lines"]
    assert extracted(data, locator("lines", item)) == TEXT
    assert extracted(data, locator("lines", [5, 5])) == "سطر بعده.\n\n\n"


@pytest.mark.parametrize("form", ["ant-xml", "plain", "lines"])
@pytest.mark.parametrize("ends", ["\r\n", "\r", "mixed"])
def test_what_git_or_an_editor_makes_of_line_ends_and_a_byte_order_mark_changes_nothing(form, ends):
    data, item = FILES[form]
    text = data.decode()
    changed = text.replace("\n", "\r\n", 2) if ends == "mixed" else text.replace("\n", ends)
    assert extracted(b"\xef\xbb\xbf" + changed.encode(), locator(form, item)) == TEXT


def test_only_ends_of_lines_end_lines():
    assert extracted("أ\x0bب\u2028ج\nد\n".encode(), locator("lines", [1, 2])) == "أ\x0bب\u2028ج\n\nد\n"
    assert extracted("\u00a0نص\u00a0 \n".encode(), locator("plain")) == "\u00a0نص\u00a0\n"


def test_entities_stay_as_they_are():
    data = b"<TITLE>a &amp; b</TITLE><TEXT>c < d</TEXT>"
    assert extracted(data, locator("ant-xml")) == "a &amp; b\n\nc < d\n"


def test_a_byte_order_mark_within_the_archive_is_no_part_of_it():
    data = packed(day=b"\xef\xbb\xbf" + articles(HEADLINE).encode())
    assert extracted(data, locator("zipjson", [0])) == TEXT


def test_a_file_of_another_kind_is_told():
    assert "<TITLE>" in refused("ant-xml", b"<TEXT>x</TEXT>")
    assert "<TEXT>" in refused("ant-xml", b"<TITLE>x</TITLE><TEXT>cut")
    assert "UTF-8 (byte 1)" in refused("plain", b"a\xff")
    assert "unpacked" in refused("zipjson", b"no zip", [0])
    assert "2 JSON files" in refused("zipjson", packed(a="[]", b="[]"), [0])
    assert "no JSON (" in refused("zipjson", packed(a="[1,"), [0])
    assert "no JSON array" in refused("zipjson", packed(a="{}"), [0])


def test_an_item_that_is_not_there_is_told():
    data = packed(day=json.dumps([{"title": "x"}, {"title": "x", "content": None}, 3, {"title": "", "content": ""}]))
    for item in ([4], [-1], [], [0, 1]):
        assert "4 articles" in refused("zipjson", data, item)
    for number in range(3):
        assert "no title and content" in refused("zipjson", data, [number])
    assert extracted(data, locator("zipjson", [3])) == "\n\n\n"
    for item in ([0, 1], [2, 1], [1, 9], [1], []):
        assert "is no range" in refused("lines", b"a\nb", item)
    for item in ("ab", ["1"], {"a": 1}, [None]):
        with pytest.raises(InvalidError, match="no list of numbers"):
            extracted(b"a\nb", {"format": "lines", "item": item})


def test_what_is_asked_for_in_vain_is_told():
    assert "is none of ant-xml, zipjson" in refused("docx\x1b[31m", b"")
    assert "\x1b" not in refused("docx\x1b[31m", b"")
    assert "version 2 of the extractor for plain" in refused("plain", b"a", extractor=2)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(extractors, "MAX_BYTES", 10**6)
    data = packed(day=b"[" + b" " * 10**8 + b"]")
    assert len(data) < 200_000
    assert "larger than" in refused("zipjson", data, [0])


@given(st.sampled_from(sorted(EXTRACTORS)), st.binary(max_size=200), st.lists(st.integers(), max_size=3))
def test_any_bytes_give_a_text_or_a_reason(form, data, item):
    text = "\n"
    with suppress(InvalidError):
        text = extracted(data, locator(form, item))
    assert text.endswith("\n")
