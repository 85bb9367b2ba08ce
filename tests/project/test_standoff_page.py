"""What docs/standoff.md shows is so."""

import json
import re
import textwrap

import pytest
from conftest import ROOT

from tasrih.errors import InvalidError
from tasrih.standoff import extractors
from tasrih.standoff.filling import full
from tasrih.standoff.models import withheld

PAGE = (ROOT / "docs/standoff.md").read_text(encoding="utf-8")


def box(language):
    (found,) = re.findall(rf"^ *```{language}\n(.*?)^ *```$", PAGE, re.DOTALL | re.MULTILINE)
    return textwrap.dedent(found)


def test_the_example_is_what_is_left_of_its_paragraph():
    record = json.loads(box("json"))
    (sentence,) = re.findall(r"^`([^`]+)` this is left:$", PAGE, re.MULTILINE)
    made = full(record, {"p2": sentence}, str)
    assert made["quotes"][0]["spans"][0]["text"] == "الكتب بيت من لا بيت له"
    assert [made["quotes"][0]["cue"]["text"], made["entities"][0]["mentions"][0]["text"]] == ["قالت", "سلمى الدريني"]
    assert withheld(made) == record


def test_every_format_has_its_row():
    rows = re.findall(r"^ *\| `([\w-]+)` \| .* \| (.*?) ?\|$", PAGE, re.MULTILINE)
    numbers = {name: len(item.split(" and ")) if item else 0 for name, item in rows}
    assert numbers == {name: extractor.items for name, extractor in extractors.EXTRACTORS.items()}


def test_the_format_that_is_added_as_an_example_works():
    names = vars(extractors).copy()
    exec(box("py"), names)  # noqa: S102
    data = "الأول\tنصه\r\nالثاني\t نصه الآخر \n".encode()
    assert names["_table"](data, [2]) == "الثاني\n\nنصه الآخر\n"
    for item in ([], [0], [4], [1, 2]):
        with pytest.raises(InvalidError, match="it has 3 rows"):
            names["_table"](data, item)
    with pytest.raises(InvalidError, match="it is no UTF-8"):
        names["_table"](b"\xff", [1])
