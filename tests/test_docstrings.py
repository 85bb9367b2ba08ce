"""The examples in the docstrings of public names: they run as they stand, in a folder with a new corpus in it."""

import doctest
import inspect

import pytest

import tasrih
from tasrih.starting import new

FINDER = doctest.DocTestFinder(exclude_empty=True)
WITHOUT = {"push"}  # needs a hub


def examples():
    """Each public name, and each of its own members, that has examples."""
    for name in tasrih.__all__:
        for test in FINDER.find(getattr(tasrih, name), name, globs={"tasrih": tasrih}):
            if test.examples:
                yield pytest.param(test, id=test.name)


@pytest.mark.parametrize("test", list(examples()))
def test_an_example_shows_what_it_says(test, tmp_path, monkeypatch):
    new(tmp_path / "harbour", authors=["Salma Haddad"])
    monkeypatch.chdir(tmp_path)
    told = []
    failed = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append).failed
    assert failed == 0, "".join(told)


def test_every_public_function_has_an_example_and_tells_its_errors():
    functions = {name for name in tasrih.__all__ if inspect.isfunction(getattr(tasrih, name))}
    docs = {name: getattr(tasrih, name).__doc__ for name in functions}
    assert {name for name, text in docs.items() if ">>>" not in text} == WITHOUT
    assert [name for name, text in docs.items() if "Raises" not in text] == []
