"""What a corpus repository gets: the action, the hooks, the forms, the editor."""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import yaml
from conftest import ROOT, SEED, commit, few_of_the_corpus, read_json
from packaging.requirements import Requirement

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKED = re.compile(r"^([\w.-]+)==(\S+)(?: ; [^\\\n]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", re.MULTILINE)


def load(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def workflow():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return yaml.safe_load(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1])


@pytest.fixture
def pull_request(tmp_path):
    """A clone on the branch of a bad pull request, and the environment of a runner with the action's tasrih."""
    origin = tmp_path / "origin"
    few_of_the_corpus(origin / "corpus")
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


def run_action(clone, environment, inputs, name="Validate"):
    """Runs a step of the action, by default the one that validates, as a runner would."""
    action = load("action.yml")
    assert set(inputs) <= set(action["inputs"])
    given = {name: setting["default"] for name, setting in action["inputs"].items()} | inputs
    step = next(step for step in action["runs"]["steps"] if step.get("name") == name)
    values = {f"${{{{ inputs.{name} }}}}": value for name, value in given.items()}
    values |= {"${{ github.base_ref }}": "main", "${{ github.action_path }}": str(ROOT)}
    variables = {name: values.get(setting, setting) for name, setting in step["env"].items()}
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


@pytest.mark.parametrize(
    "paths", ["corpus/articles/composed corpus/articles/news", "corpus/articles/composed\n  corpus\n"]
)
def test_every_path_that_is_given_is_checked(pull_request, paths):
    run = run_action(*pull_request, {"paths": paths})
    assert (run.returncode, run.stdout.splitlines()[-1]) == (1, "1 record, 1 error, 0 warnings")


def test_no_code_of_the_pull_request_runs(pull_request, tmp_path):
    clone, environment = pull_request
    for module in ("pip", "tasrih", "json", "orjson", "multiprocessing", "sitecustomize", "runpy"):
        (clone / f"{module}.py").write_text(f"open({str(tmp_path / 'owned')!r}, 'w')\n", encoding="utf-8")
    (tmp_path / "bin/python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    (tmp_path / "bin/python").chmod(0o755)
    alone = {
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_TARGET": str(tmp_path / "pip"),
    }
    run = run_action(clone, environment | alone, {}, "Install")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "pip/tasrih/cli").is_dir()
    entry = tmp_path / "bin/tasrih"
    code = "import sys; from tasrih.cli import main; sys.exit(main(prog_name='tasrih'))"
    (tmp_path / "bin/entry.py").write_text(code, encoding="utf-8")  # as a console script, it has its own folder first
    entry.write_text(f'#!/bin/sh\nexec {sys.executable} {tmp_path / "bin/entry.py"} "$@"\n', encoding="utf-8")
    run = run_action(clone, environment, {"paths": "corpus"})
    assert run.returncode == 1, run.stderr
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize(
    "name", ["action.yml", ".github/workflows/ci.yml", ".github/workflows/release.yml", "README.md"]
)
def test_actions_of_others_are_named_by_commit_and_get_no_credentials(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    used = [use for use in re.findall(r"uses: (\S+)", text) if not use.startswith("OWNER/")]
    assert used
    assert all(re.fullmatch(r"[\w-]+(/[\w-]+)+@[0-9a-f]{40}", use) for use in used)
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def release():
    return load(".github/workflows/release.yml")["jobs"]


def test_the_job_with_the_token_installs_the_wheel_and_what_is_locked():
    build, dataset = release()["build"], release()["dataset"]
    assert "secrets." not in json.dumps(build)
    assert "checkout" not in json.dumps(dataset)
    installing = next(step["run"] for step in dataset["steps"] if step.get("name") == "Install").splitlines()
    installs = [line for line in installing if " install " in line]
    assert ["--require-hashes" in line for line in installs] == [True, False]
    assert "--no-deps --no-index release/*.whl" in installs[1]


def test_jobs_that_publish_run_no_code_of_the_checkout_and_may_do_no_more_than_that():
    jobs = release()
    build = jobs.pop("build")
    assert "permissions" not in build
    assert not [name for name, job in jobs.items() if "checkout" in json.dumps(job)]
    allowed = {name: job["permissions"] for name, job in jobs.items()}
    assert allowed == {"package": {"id-token": "write"}, "site": {"id-token": "write", "pages": "write"}, "dataset": {}}
    assert "--require-hashes" in jobs["package"]["steps"][-1]["run"]
    assert LOCKED.fullmatch((ROOT / ".github/uv.txt").read_text(encoding="utf-8"))


def test_what_is_locked_is_what_the_package_needs():
    text = (ROOT / ".github/publish.txt").read_text(encoding="utf-8")
    assert "://" not in text
    pins = {name.lower().replace("_", "-"): (version, hashes) for name, version, hashes in LOCKED.findall(text)}
    assert all(hashes.count("--hash=sha256:") for _, hashes in pins.values())
    requirements = map(Requirement, PROJECT["project"]["dependencies"])
    for needed in (one for one in requirements if one.marker is None or one.marker.evaluate()):
        assert needed.specifier.contains(pins[needed.name.lower().replace("_", "-")][0]), needed


def test_a_tag_that_is_not_on_main_is_refused(tmp_path):
    subprocess.run(["git", "init", "-q", "-b", "main", tmp_path / "origin"], check=True)
    (tmp_path / "origin/a").write_text("a", encoding="utf-8")
    commit(tmp_path / "origin")
    subprocess.run(["git", "clone", "-q", tmp_path / "origin", tmp_path / "clone"], check=True)
    check = next(step["run"] for step in release()["build"]["steps"] if "main" in step.get("name", ""))

    def passes():
        head = subprocess.check_output(["git", "-C", tmp_path / "clone", "rev-parse", "HEAD"], text=True).strip()
        environment = os.environ | {"GITHUB_SHA": head}
        return not subprocess.run(
            ["bash", "-c", check], cwd=tmp_path / "clone", env=environment, check=False
        ).returncode

    assert passes()
    (tmp_path / "clone/a").write_text("b", encoding="utf-8")
    commit(tmp_path / "clone")
    assert not passes()


def test_inputs_reach_no_shell_by_way_of_expressions():
    for step in load("action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_ci_runs_on_the_versions_of_python_that_the_package_names_and_on_three_systems():
    whole, core = (load(".github/workflows/ci.yml")["jobs"][job]["strategy"]["matrix"] for job in ("test", "core"))
    named = [told.split(" :: ")[-1] for told in PROJECT["project"]["classifiers"] if ":: Python :: " in told]
    assert whole["python"] == core["python"] == named
    assert PROJECT["project"]["requires-python"] == f">={named[0]}"
    assert {system.partition("-")[0] for system in core["os"]} == {"ubuntu", "macos", "windows"}
    assert set(core["versions"]) == {"lowest-direct", "highest"}


@pytest.mark.parametrize("template", [".gitattributes", "src/tasrih/starting/files/dot.gitattributes.in"])
def test_git_for_windows_leaves_line_ends_alone_on_which_hashes_rest(template, tmp_path):
    few_of_the_corpus(tmp_path / "origin/corpus")
    shutil.copy(ROOT / template, tmp_path / "origin/.gitattributes")
    commit(tmp_path / "origin")
    cloned = ["git", "-c", "core.autocrlf=true", "clone", "-q", tmp_path / "origin", tmp_path / "clone"]
    subprocess.run(cloned, check=True)
    origin, clone = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in tmp_path.rglob(f"{name}/corpus/**/*.*")}
        for name in ("origin", "clone")
    )
    assert len(origin) > 10
    assert origin == clone


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
    assert len(paths) == 4
    assert all((ROOT / path).is_file() for path in paths)
