"""Long lists as several pages: the first at the path of the list, the others in a folder of its name."""

from typing import NamedTuple


class Leaf(NamedTuple):
    """One of the pages of a list: its path, which rows it has, and the paths of those before and after it."""

    path: str
    number: int
    of: int
    first: int
    most: int
    before: str | None
    after: str | None


def leaves(path: str, rows: int, most: int) -> list[Leaf]:
    """The pages of a list of so many rows, at most so many a page; an empty list has one page."""
    every = max(1, -(-rows // most))
    paths = [path, *(f"{path.removesuffix('.html')}/{number}.html" for number in range(2, every + 1))]
    around = [None, *paths, None]
    return [
        Leaf(one, number + 1, every, number * most, most, around[number], around[number + 2])
        for number, one in enumerate(paths)
    ]
