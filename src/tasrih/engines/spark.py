"""Work on Apache Spark (`pip install 'tasrih[spark]'`): one task for each thing given, wherever Spark runs it.

An active session is used as it is, so that `spark-submit` decides about the cluster; without one, Spark runs on this
machine. Java 17 or later must be installed, and tasrih on every machine of the cluster.
"""

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from tasrih.errors import UnavailableError, needing

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Given = TypeVar("Given")
Result = TypeVar("Result")


def run(job: Callable[[Given], Result], given: Sequence[Given], jobs: int) -> Iterator[Result]:
    """The results of a job for each thing given, in order; `jobs` counts processors when Spark runs on this machine."""
    if given:
        context = _session(jobs).sparkContext
        yield from context.parallelize(given, len(given)).map(job).collect()


def _session(jobs: int) -> "SparkSession":
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with needing("spark"), warnings.catch_warnings(action="ignore", category=FutureWarning):
        from pyspark import SparkConf
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    builder = SparkSession.builder.appName("tasrih")
    if not SparkConf().contains("spark.master"):
        builder = builder.config("spark.ui.enabled", "false").master(f"local[{jobs}]")
    try:
        session = builder.getOrCreate()
    except PySparkException as error:
        raise UnavailableError("Spark does not start. Is Java 17 or later installed, and JAVA_HOME right?") from error
    session.sparkContext.setLogLevel("ERROR")
    return session
