"""What a corpus repository gets: the action, the hooks, the forms, the editor."""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from conftest import ROOT, SEED, commit, read_json


def load(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def workflow():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return yaml.safe_load(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1])


@pytest.fixture
def pull_request(tmp_path):
    """A clone on the branch of a bad pull request, and the environment of a runner with the action's tasrih."""
    origin = tmp_path / "origin"
    shutil.copytree(ROOT / "corpus", origin / "corpus")
    commit(origin)
    subprocess.run(["git", "clone", "-q", origin, tmp_path / "clone"], check=True)
    file = tmp_path / f"clone/corpus/articles/news/{SEED}.json"
    text = file.read_text(encoding="utf-8").replace('"start": 22, "end": 218', '"start": 20, "end": 216')
    file.write_text(text, encoding="utf-8")
    commit(tmp_path / "clone")
    (tmp_path / "bin").mkdir()
    call = 'from tasrih.cli import main; main(prog_name="tasrih")'
    (tmp_path / "bin/tasrih").write_text(f"#!/bin/sh\nexec {sys.executable} -c '{call}' \"$@\"\n", encoding="utf-8")
    (tmp_path / "bin/tasrih").chmod(0o755)
    return tmp_path / "clone", os.environ | {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}


def run_action(clone, environment, inputs):
    """Runs the step that validates, as a runner would."""
    action = load("action.yml")
    assert set(inputs) <= set(action["inputs"])
    given = {name: setting["default"] for name, setting in action["inputs"].items()} | inputs
    step = next(step for step in action["runs"]["steps"] if step.get("name") == "Validate")
    values = {f"${{{{ inputs.{name} }}}}": value for name, value in given.items()}
    values["${{ github.base_ref }}"] = "main"
    variables = {name: values[expression] for name, expression in step["env"].items()}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=clone,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_workflow_of_the_readme_annotates_a_bad_pull_request(pull_request):
    checkout, action = workflow()["jobs"]["corpus"]["steps"]
    assert checkout["with"]["fetch-depth"] == 0
    run = run_action(*pull_request, action["with"])
    assert run.returncode == 1, run.stderr
    (command, summary) = run.stdout.splitlines()
    line = read_lines(pull_request[0]).index(
        next(x for x in read_lines(pull_request[0]) if '"start": 20, "end": 216' in x)
    )
    assert command.startswith(f"::error file=corpus/articles/news/{SEED}.json,line={line + 1},col=9,title=A104::")
    assert summary == "1 record, 1 error, 0 warnings"


def read_lines(clone):
    return (clone / f"corpus/articles/news/{SEED}.json").read_text(encoding="utf-8").splitlines()


def test_a_good_pull_request_passes_and_sarif_is_written(pull_request):
    clone, environment = pull_request
    run = run_action(clone, environment, {"paths": "corpus", "sarif": "report.sarif"})
    assert run.returncode == 1
    assert len(read_json(clone / "report.sarif")["runs"][0]["results"]) == 1
    subprocess.run(["git", "-C", clone, "checkout", "-q", "origin/main", "--", "."], check=True)
    run = run_action(clone, environment, {"paths": "corpus", "strict": "true"})
    assert run.returncode == 0, run.stderr


def test_inputs_reach_no_shell_by_way_of_expressions():
    for step in load("action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_hooks_call_commands_that_are_there(tmp_path):
    hooks = load(".pre-commit-hooks.yaml")
    file = tmp_path / f"articles/news/{SEED}.json"
    file.parent.mkdir(parents=True)
    shutil.copy(ROOT / f"corpus/articles/news/{SEED}.json", file)
    assert {hook["id"] for hook in hooks} == {"tasrih-validate", "tasrih-format"}
    for hook in hooks:
        assert re.search(hook["files"], f"corpus/articles/news/{SEED}.json")
        program, *arguments = hook["entry"].split()
        code = f"from {program}.cli import main; main()"
        run = subprocess.run([sys.executable, "-c", code, *arguments, file], cwd=ROOT, capture_output=True, check=False)
        assert run.returncode in (0, 1)
        assert b"Traceback" not in run.stderr


def test_the_editor_finds_a_schema_that_explains_every_field():
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    records = [f"corpus/articles/news/{SEED}.json", "corpus/entities.json"]
    for record, binding in zip(records, settings["json.schemas"], strict=True):
        assert any(fnmatch.fnmatch(f"x/{record}", pattern) for pattern in binding["fileMatch"])
        schema = read_json(ROOT / binding["url"])
        definitions = [schema, *schema["$defs"].values()]
        fields = [(name, field) for each in definitions for name, field in each.get("properties", {}).items()]
        assert len(fields) > 5
        assert [name for name, field in fields if "description" not in field and "const" not in field] == []


@pytest.mark.parametrize("name", ["article", "correction", "removal"])
def test_forms_ask_for_something(name):
    form = load(f".github/ISSUE_TEMPLATE/{name}.yml")
    assert {"name", "description", "body"} <= form.keys()
    assert all(field["type"] in ("input", "textarea", "dropdown") and field["id"] for field in form["body"])
    assert len({field["id"] for field in form["body"]}) == len(form["body"])


def test_the_pull_request_template_names_what_is_there():
    text = (ROOT / ".github/PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    paths = re.findall(r"blob/main/([^)]+)\)", text) + re.findall(r"`(scripts/[^`]+)`", text)
    assert len(paths) == 2
    assert all((ROOT / path).is_file() for path in paths)
