"""The release, in a copy of the checkout with few articles: the steps that install nothing, and what they refuse.

`make rehearsal` does all of them.
"""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import datasets
import hub
import pytest
from check_release import faults_of_archive, faults_of_packages, faults_of_version
from conftest import ROOT, commit, read_json, thin
from rehearse_release import ACTIONS, EXPRESSION, VALUES, Stage, StepError, environment, named, perform, steps, tagged

import tasrih

LONG = {"Install", "Test", "Build the pages", "Publish the package", "upload-pages-artifact", "deploy-pages"}
PYTHON = "setup-python"  # one version releases, and all run this test
VERSION = tasrih.__version__


def done(stage, job, name):
    """What a step of a job prints."""
    (step,) = [step for where, step in steps() if where == job and named(step) == name]
    return perform(stage, job, step)


def refused(stage, job, name):
    with pytest.raises(StepError) as told:
        done(stage, job, name)
    return str(told.value)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The stage on which the jobs `build` and `dataset` were done as far as they install nothing, with the hub."""
    scratch = tmp_path_factory.mktemp("release")
    house = shutil.copytree(ROOT, scratch / "house", ignore=shutil.ignore_patterns(".git", ".venv", "dist", ".*_cache"))
    thin(house / "corpus")
    commit(house)
    tag, head = tagged(house, scratch / "origin")
    with hub.serve(scratch / "hub") as served:
        own = environment(scratch, tag, head, HF_ENDPOINT=served.url, HF_HUB_DISABLE_XET="1")
        stage = Stage(scratch / "origin", tag, scratch, own)
        for job, step in steps():
            if job == "build" and named(step) == "Build the package":
                _installed(scratch / "jobs/build/.venv/bin/python")
            if job == "dataset" and named(step) == "Install":
                _installed_wheel(scratch / "jobs/dataset")
            if named(step) not in {*LONG, PYTHON}:
                perform(stage, job, step)
        yield stage, served


def _installed(python):
    """This interpreter, in the place of an environment that is made."""
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)


def _installed_wheel(folder):
    """What the step installs, but that the packages whose hashes are known are those of this interpreter."""
    venv.create(folder / ".venv", with_pip=False)
    packages = next((folder / ".venv/lib").glob("*/site-packages"))
    (packages / "others.pth").write_text(str(Path(datasets.__file__).parents[1]), encoding="utf-8")
    (wheel,) = (folder / "release").glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", folder / ".venv/bin/python", "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True)


def test_the_rehearsal_knows_every_step_and_all_that_it_is_given():
    every = list(steps())
    assert {step["uses"].partition("@")[0] for _, step in every if "uses" in step} == ACTIONS.keys()
    values = [value for _, step in every for value in step.get("env", {}).values()]
    assert {name for value in values for name in EXPRESSION.findall(value)} == VALUES.keys()
    assert {named(step) for _, step in every} >= LONG
    assert len({(job, named(step)) for job, step in every}) == len(every)


def test_the_package_that_was_built_is_published_as_a_dataset_with_the_tag(release):
    stage, served = release
    repository = served.repository(VALUES["vars.HF_REPOSITORY"])
    assert set(repository.refs("tags")) == {stage.tag}
    held = repository.tree(repository.resolve(stage.tag))["manifest.json"]
    manifest = read_json(served.storage.content(held))
    assert manifest["version"] == VERSION


@pytest.mark.parametrize("job", ["build", "package", "dataset"])
def test_each_job_refuses_a_tag_that_is_not_the_version(job, release):
    stage, _ = release
    other = stage._replace(environment=stage.environment | {"GITHUB_REF_NAME": "v99.0.0"})
    checks = [named(step) for where, step in steps() if where == job]
    (check,) = [name for name in checks if name.startswith("Refuse a tag that is not the version")]
    told = refused(other, job, check)
    assert job != "build" or f"the tag is v99.0.0, and the version v{VERSION}" in told


def rooted(folder, name, old, new):
    """The files that name the version, one of them changed."""
    for file in ("CITATION.cff", "CHANGELOG.md", ".zenodo.json", "src/tasrih/version.py"):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, folder / file)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("CITATION.cff", f"version: {VERSION}", "version: 9.0.0", "CITATION.cff names version 9.0.0"),
        ("CHANGELOG.md", f"## {VERSION} (", "## Next (", "CHANGELOG.md does not begin with"),
        (".zenodo.json", '"cc-by-4.0"', '"mit"', ".zenodo.json and CITATION.cff differ in license"),
        (".zenodo.json", '"language"', '"doi"', ".zenodo.json has doi"),
        (".zenodo.json", '"language"', '"tongue"', ".zenodo.json has tongue"),
    ],
)
def test_files_that_disagree_are_told(name, old, new, told, tmp_path):
    root = rooted(tmp_path, name, old, new)
    faults = [*faults_of_version(f"v{VERSION}", root), *faults_of_archive(root)]
    assert len([fault for fault in faults if fault.startswith(told)]) == 1


def test_packages_that_an_index_would_refuse_are_told(release, tmp_path):
    stage, _ = release
    folder = shutil.copytree(stage.artifact("release"), tmp_path / "release")
    assert list(faults_of_packages(folder, VERSION)) == []
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        told = archive.read(f"tasrih-{VERSION}.dist-info/METADATA").decode()
    assert f"Project-URL: Changelog, https://forge.example/owner/tasrih/blob/{stage.tag}/CHANGELOG.md\n" in told
    next(folder.glob("*.tar.gz")).unlink()
    wheel = next(folder.glob("*.whl"))
    wheel.write_bytes(wheel.read_bytes().replace(b"Summary: ", b"Summary; "))
    assert any("holds" in fault for fault in faults_of_packages(folder, VERSION))
