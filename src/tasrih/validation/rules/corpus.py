"""C: what only several records together can show."""

from tasrih.validation.finding import Problem
from tasrih.validation.registry import Problems, rule


@rule("C101")
def id_taken(article_id: str, places: list[str]) -> Problems:
    """Two records have the same id.

    An id is unique in the corpus. Give one of them another, and its file another name.
    """
    if len(places) > 1:
        yield Problem(("id",), f"{article_id} is in {places[0]} already")
