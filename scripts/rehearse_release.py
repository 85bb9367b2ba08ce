"""Every step of .github/workflows/release.yml in its order, with nothing published.

make rehearsal

What is committed is cloned, and tagged with its version. What GitHub does is done here in its place (checkout,
artifacts, Pages); the index of packages and the hub are stand-ins on this machine, which the programs that publish
reach as they reach the real ones. Packages that steps install come from where pip finds them. Of the tests that
`make test` runs, this runs few: run it by itself.
"""

import argparse
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from check_release import ROOT, version

sys.path.insert(0, str(ROOT / "tests"))
import hub
import index

WORKFLOW = ROOT / ".github/workflows/release.yml"
JOB = {"runs-on", "needs", "environment", "permissions", "steps"}
STEP = {"name", "uses", "with", "run", "env"}
VALUES = {
    "github.server_url": "https://forge.example",
    "github.repository": "owner/tasrih",
    "secrets.HF_TOKEN": "hf_writer",
    "vars.HF_REPOSITORY": "tester/tasrih",
}
EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")
FEW_TESTS = "tests/project/test_citation.py"

Step = dict[str, Any]


class Stage(NamedTuple):
    """Where the workflow runs: the repository with its tag, a folder for all jobs, and what programs are told."""

    origin: Path
    tag: str
    scratch: Path
    environment: dict[str, str]

    def artifact(self, name: str) -> Path:
        """Where what a job keeps for others lies."""
        return self.scratch / "artifacts" / name


class StepError(Exception):
    """A step that failed, or that the rehearsal does not know."""


def steps() -> Iterator[tuple[str, Step]]:
    """The steps of the workflow with the names of their jobs, a job after those that it needs."""
    jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    needs = {name: [job["needs"]] if "needs" in job else [] for name, job in jobs.items()}
    for name in TopologicalSorter(needs).static_order():
        if unknown := jobs[name].keys() - JOB:
            raise StepError(f"{name}: the rehearsal does not know {sorted(unknown)}")
        yield from ((name, step) for step in jobs[name]["steps"])


def named(step: Step) -> str:
    """The name of a step."""
    return str(step.get("name") or re.sub(r".*/|@.*", "", step["uses"]))


def perform(stage: Stage, job: str, step: Step) -> str:
    """Does a step in the folder of its job; what it printed. Raises StepError."""
    if unknown := step.keys() - STEP:
        raise StepError(f"the rehearsal does not know {sorted(unknown)}")
    folder = stage.scratch / "jobs" / job
    folder.mkdir(parents=True, exist_ok=True)
    if "uses" in step:
        ACTIONS[re.sub(r"@.*", "", step["uses"])](stage, folder, step.get("with", {}))
        return ""
    environment = stage.environment | {name: _value(text) for name, text in step.get("env", {}).items()}
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StepError(done.stdout)
    return done.stdout


def _value(text: str) -> str:
    return EXPRESSION.sub(lambda found: VALUES[found[1]], text)


def _checkout(stage: Stage, folder: Path, given: Step) -> None:
    shallow = [] if given.get("fetch-depth") == 0 else ["--depth", "1"]
    command = ["git", "clone", "-q", *shallow, "--branch", stage.tag, stage.origin.as_uri(), folder]
    subprocess.run([*command, "-c", "advice.detachedHead=false"], check=True)


def _python(stage: Stage, _: Path, given: Step) -> None:
    """What `python` is for all steps: that of this script, which is the one that is asked for."""
    if given["python-version"] != "{}.{}".format(*sys.version_info):
        raise StepError(f"the workflow runs on Python {given['python-version']}: rehearse with that")
    (stage.scratch / "bin").mkdir(exist_ok=True)
    for name in ("python", "python3"):
        (stage.scratch / "bin" / name).unlink(missing_ok=True)
        (stage.scratch / "bin" / name).symlink_to(Path(sys.executable).resolve())


def _upload(stage: Stage, folder: Path, given: Step) -> None:
    if not any((folder / given["path"]).iterdir()):
        raise StepError(f"{given['path']} is empty")
    shutil.copytree(folder / given["path"], stage.artifact(given.get("name", "github-pages")))


def _download(stage: Stage, folder: Path, given: Step) -> None:
    shutil.copytree(stage.artifact(given["name"]), folder / given["path"])


def _deploy(stage: Stage, *_: object) -> None:
    for page in ("index.html", "explorer/index.html"):
        if not (stage.artifact("github-pages") / page).is_file():
            raise StepError(f"the site has no {page}")


ACTIONS = {
    "actions/checkout": _checkout,
    "actions/setup-python": _python,
    "actions/upload-artifact": _upload,
    "actions/upload-pages-artifact": _upload,
    "actions/download-artifact": _download,
    "actions/deploy-pages": _deploy,
}


def tagged(source: Path, folder: Path) -> tuple[str, str]:
    """A clone of what is committed, with the day of its release, on `main` and with its tag; the tag and the commit."""
    git = ["git", "-C", str(folder)]
    subprocess.run(["git", "clone", "-q", source, folder], check=True)
    subprocess.run([*git, "checkout", "-q", "-B", "main"], check=True)
    log, tag = folder / "CHANGELOG.md", f"v{version(folder)}"
    dated = log.read_text(encoding="utf-8").replace("(unreleased)", f"({datetime.now(UTC).date()})", 1)
    log.write_text(dated, encoding="utf-8")
    author = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run([*git, *author, "commit", "-q", "--allow-empty", "-a", "-m", tag], check=True)
    subprocess.run([*git, "tag", "-f", tag], check=True, capture_output=True)
    return tag, subprocess.check_output([*git, "rev-parse", "HEAD"], text=True).strip()


def environment(scratch: Path, tag: str, commit: str, **more: str) -> dict[str, str]:
    """What a step finds set: what GitHub sets, and this machine, without the environment that the rehearsal runs in."""
    own = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    path = f"{scratch / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return own | {"GITHUB_REF_NAME": tag, "GITHUB_SHA": commit, "PATH": path} | more


def _trusted(certificate: str, scratch: Path) -> str:
    """The certificates of this machine, with that of the stand-in."""
    known = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    together = scratch / "certificates.pem"
    together.write_text("".join(Path(path).read_text("utf-8") for path in (known, certificate) if path), "utf-8")
    return str(together)


def rehearse(scratch: Path) -> Iterator[str]:
    """Does all steps, and tells each with its seconds; at the end, what the stand-ins hold. Raises StepError."""
    tag, commit = tagged(ROOT, scratch / "origin")
    with hub.serve(scratch / "hub") as dataset, index.serve(scratch) as (variables, uploaded):
        told = variables | {"SSL_CERT_FILE": _trusted(variables["SSL_CERT_FILE"], scratch)}
        told |= {"HF_ENDPOINT": dataset.url, "HF_HUB_DISABLE_XET": "1", "PYTEST_ADDOPTS": FEW_TESTS}
        stage = Stage(scratch / "origin", tag, scratch, environment(scratch, tag, commit, **told))
        for job, step in steps():
            begun = time.perf_counter()
            try:
                perform(stage, job, step)
            except StepError as error:
                raise StepError(f"{job}: {named(step)}: {error}") from error
            yield f"{job:<8} {time.perf_counter() - begun:6.1f} s  {named(step)}"
    built = {path.name: path.read_bytes() for path in stage.artifact("release").iterdir() if path.suffix != ".txt"}
    if uploaded != built:
        raise StepError(f"the index holds {sorted(uploaded)}, and built were {sorted(built)}")
    yield f"the index holds {' and '.join(sorted(uploaded))}"
    if tag not in dataset.repository(VALUES["vars.HF_REPOSITORY"]).refs("tags"):
        raise StepError(f"the hub has no tag {tag}")
    yield f"the hub holds {VALUES['vars.HF_REPOSITORY']} {tag}"


def main() -> None:
    """Tells the steps as they are done, and fails at the first that fails."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        try:
            for line in rehearse(Path(scratch)):
                print(line, flush=True)
        except StepError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
