"""`tasrih datasheet` in a corpus repository of somebody else's."""

import contextlib

import own
import pytest
from conftest import invoke

import tasrih.datasheet

SHEET = """\
# Marfa

Before.

<!-- figures:sizes -->
<!-- end -->

Between. <!-- a comment -->

<!-- figures:quotes -->

| what stood here |

<!-- end -->

After.
"""


@pytest.fixture
def repository(tmp_path):
    made = own.repository(tmp_path / "marfa")
    (made / "DATASHEET.md").write_text(SHEET, encoding="utf-8")
    return made


def command(repository, *arguments):
    with contextlib.chdir(repository):
        return invoke("datasheet", *arguments)


def test_the_figures_are_written_and_the_rest_stays(repository):
    sheet = repository / "DATASHEET.md"
    assert command(repository, "--check").exit_code == 1
    assert sheet.read_text(encoding="utf-8") == SHEET
    assert command(repository).stdout == f"{sheet}: written.\n"
    text = sheet.read_text(encoding="utf-8")
    assert "| unit | harbour |\n| --- | ---: |\n| articles | 1 |" in text
    assert "| direct | 1 |\n| **all** | **1** |\n\n<!-- end -->\n\nAfter.\n" in text
    assert "what stood here" not in text
    assert text.startswith("# Marfa\n\nBefore.\n\n<!-- figures:sizes -->\n")
    assert "Between. <!-- a comment -->" in text
    done = command(repository, "--check")
    assert (done.exit_code, done.stdout) == (0, f"{sheet}: up to date.\n")


def test_a_new_record_makes_it_stale(repository):
    command(repository)
    own.add(repository / "corpus", own.record("2024-02-03-second", "الثانية"))
    done = command(repository, "--check")
    assert (done.exit_code, "stale" in done.stdout) == (1, True)
    assert command(repository, "corpus").exit_code == 0
    assert "| articles | 2 |" in (repository / "DATASHEET.md").read_text(encoding="utf-8")


def test_every_table_is_made(repository):
    names = [*tasrih.datasheet.figures(tasrih.load(repository / "corpus"), repository / "corpus")]
    (repository / "DATASHEET.md").write_text(
        "".join(f"<!-- figures:{name} -->\n<!-- end -->\n" for name in names), encoding="utf-8"
    )
    assert command(repository).exit_code == 0
    text = (repository / "DATASHEET.md").read_text(encoding="utf-8")
    assert text.count("| --- |") == len(names) - 1
    assert "There are no second readings to compare yet." in text
    assert all(name in " ".join(command(repository, "--help").stdout.split()) for name in names)


WRONG = [
    ("# Without marks\n", "has no place for a table"),
    ("<!-- figures:sizes -->\n", "is not closed"),
    ("<!-- figures:sizes -->\n<!-- figures:cues -->\n<!-- end -->\n", "is not closed"),
    ("<!-- figures:clues -->\n<!-- end -->\n", "no table 'clues'"),
    ("\udcff", "not UTF-8"),
]


@pytest.mark.parametrize(("text", "why"), WRONG)
def test_a_sheet_that_cannot_be_filled_stays_as_it_is(text, why, repository):
    data = text.encode(errors="surrogateescape")
    (repository / "DATASHEET.md").write_bytes(data)
    done = command(repository)
    assert (done.exit_code, done.stdout) == (2, "")
    assert why in done.stderr
    assert (repository / "DATASHEET.md").read_bytes() == data


def test_without_a_sheet_it_says_where_one_is_looked_for(repository):
    (repository / "DATASHEET.md").unlink()
    done = command(repository)
    assert done.exit_code == 2
    assert f"write one in {repository}/corpus or beside it" in done.stderr


def test_line_ends_stay(repository):
    (repository / "DATASHEET.md").write_bytes(SHEET.replace("\n", "\r\n").encode())
    assert command(repository).exit_code == 0
    data = (repository / "DATASHEET.md").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > SHEET.count("\n")
