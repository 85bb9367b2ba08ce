"""What can be chosen is what there is, on the command line as in Python."""

import click
import pytest
from conftest import ROOT, corpus, invoke

import tasrih
from tasrih import choices
from tasrih.cli import main
from tasrih.interchange.registry import FORMATS
from tasrih.resources import schema_path
from tasrih.validation.reports import RENDERED


def test_every_choice_leads_to_what_does_the_work():
    assert tuple(FORMATS) == choices.FORMATS
    assert tuple(RENDERED) == choices.RENDERINGS
    assert [schema_path(name).is_file() for name in choices.SCHEMAS] == [True] * len(choices.SCHEMAS)
    assert len(list((ROOT / "schema/v1").iterdir())) == len(choices.SCHEMAS)
    some = corpus()[::10]
    assert all(len(tasrih.score(some, some, by=by).groups) > 1 for by in choices.SCORE_GROUPINGS)


@pytest.mark.parametrize(
    ("command", "name", "expected"),
    [
        ("export", "kind", choices.FORMATS),
        ("import", "kind", choices.FORMATS),
        ("validate", "rendering", choices.RENDERINGS),
        ("score", "by", choices.SCORE_GROUPINGS),
        ("score", "given", choices.GIVEN),
        ("score", "rendering", choices.REPORTS),
        ("agree", "by", choices.GROUPINGS),
        ("schema", "name", choices.SCHEMAS),
    ],
)
def test_the_command_line_offers_them(command, name, expected):
    (parameter,) = (one for one in main.commands[command].params if one.name == name)
    assert isinstance(parameter.type, click.Choice)
    assert tuple(parameter.type.choices) == expected


def test_a_word_in_another_case_is_known_again():
    with pytest.raises(tasrih.ArgumentError, match="Did you mean direct"):
        corpus().quotes(type="Direct")
    assert "Did you mean news?" in invoke("list", ROOT / "corpus", "--collection", "NEWS").stderr
