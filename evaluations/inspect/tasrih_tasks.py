"""The questions of a Tasrih dataset as tasks of inspect-ai.

`inspect eval evaluations/inspect/tasrih_tasks.py --model PROVIDER/MODEL -T dataset="$PWD/dist/tasrih"` runs all of
them, and `evaluations/inspect/tasrih_tasks.py@speaker` one. `dataset` is a folder that `tasrih build` wrote, or a
repository's name on a hub. They put the questions as `eval.yaml` of the dataset does; the interval counts an article,
not a question, as what was drawn.
"""

from pathlib import Path
from typing import Any

from inspect_ai import Task, task
from inspect_ai.dataset import Sample, hf_dataset
from inspect_ai.scorer import accuracy, choice, stderr
from inspect_ai.solver import multiple_choice

DATASET = str(Path(__file__).resolve().parents[2] / "dist/tasrih")  # inspect-ai runs a file in the folder of that


@task
def speech(dataset: str = DATASET) -> Task:
    """Whether words in quotation marks are speech."""
    return _asked(dataset, "speech_questions")


@task
def speaker(dataset: str = DATASET) -> Task:
    """Who speaks."""
    return _asked(dataset, "speaker_questions")


@task
def type(dataset: str = DATASET) -> Task:  # noqa: A001 - the name of the task
    """Whether a quote is direct or partial."""
    return _asked(dataset, "type_questions")


def _asked(dataset: str, config: str) -> Task:
    return Task(
        dataset=hf_dataset(dataset, name=config, split="test", sample_fields=_sample, cached=False),
        solver=multiple_choice(),
        scorer=choice(),
        metrics=[accuracy(), stderr(cluster="article_id")],
    )


def _sample(row: dict[str, Any]) -> Sample:
    return Sample(
        id=row["id"],
        input=row["question"],
        choices=row["choices"],
        target="ABCDEFGH"[row["answer"]],
        metadata={name: row[name] for name in ("article_id", "collection", "canary")},
    )
