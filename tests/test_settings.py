"""A corpus repository of somebody else's: settings, its tests, and the command, all of one mind."""

import shutil

import pytest
from conftest import ROOT, invoke

import tasrih
from tasrih.settings import Settings, settings
from tasrih.testing import assert_valid
from tasrih.validation import validate


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository whose one record has a warning and an error."""
    shutil.copytree(ROOT / "tests/rules/corpus", tmp_path / "corpus")
    folder = tmp_path / "corpus/articles/composed"
    folder.mkdir(parents=True)
    text = (ROOT / "tests/rules/M115/bad.json").read_text(encoding="utf-8")
    text = text.replace('"id": "bad"', '"id": "bridge"').replace('"role": "headline"', '"role": "subheading"')
    (folder / "bridge.json").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settle(repository, text):
    (repository / "pyproject.toml").write_text(f"[tool.tasrih]\n{text}", encoding="utf-8")


def test_without_settings_nothing_is_settled(tmp_path):
    assert settings(tmp_path) == Settings()


def test_paths_are_those_of_the_repository(repository, monkeypatch):
    settle(repository, 'paths = ["corpus"]\ncorpus = "corpus"\n')
    monkeypatch.chdir(repository / "corpus/articles")
    found = settings(repository / "corpus/articles")
    assert found.paths == (str(repository / "corpus"),)
    assert found.corpus == str(repository / "corpus")
    assert invoke("validate").stdout.splitlines()[-1] == "1 record, 1 error, 1 warning"


def test_the_command_and_the_tests_of_the_repository_agree(repository):
    settle(repository, 'paths = ["corpus"]\n')
    assert invoke("validate").exit_code == 1
    with pytest.raises(AssertionError, match="M115"):
        assert_valid()
    settle(repository, 'paths = ["corpus"]\nignore = ["M115"]\n')
    assert invoke("validate").exit_code == 0
    assert_valid()
    settle(repository, 'paths = ["corpus"]\nignore = ["M115"]\nstrict = true\n')
    assert invoke("validate").exit_code == 1
    with pytest.raises(AssertionError, match="M116"):
        assert_valid()
    settle(repository, 'paths = ["corpus"]\nselect = ["Q", "A1"]\nstrict = true\n')
    assert invoke("validate").exit_code == 0
    assert_valid()


def test_the_command_line_has_the_last_word(repository):
    settle(repository, 'ignore = ["M115", "M116"]\n')
    assert invoke("validate", "corpus").exit_code == 0
    assert invoke("validate", "corpus", "--ignore", "m116").exit_code == 1
    assert invoke("validate", "corpus", "--select", "q,m116").exit_code == 0
    assert invoke("validate", "corpus", "--ignore", "M115", "--strict").exit_code == 1


@pytest.mark.parametrize(
    "text",
    ['paths = "corpus"', "strict = 1", "select = [1]", "colour = true", "corpus = []", "= 3", 'select = ["X"]'],
)
def test_wrong_settings_are_explained(repository, text):
    settle(repository, text)
    done = invoke("validate", "corpus")
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr


def test_what_cannot_be_read_is_reported_whatever_is_selected(tmp_path):
    (tmp_path / "a.json").write_bytes(b"{")
    assert validate([tmp_path], select=["Q"]).by_code() == {"S109": 1}
    with pytest.raises(tasrih.TasrihError, match="no rule begins so"):
        validate([tmp_path], select=["Q9"])
