"""A BiLSTM with a CRF for each layer of tags, in torch, on a processor.

python -m baselines.bilstm CORPUS... [--train composed|real|both] [--split test]
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn

from baselines.bilstm.crf import Crfs
from baselines.command import of_split, printed, training_parser, training_rows
from baselines.lines import lines
from baselines.rows import TAGS, Row, rows
from tasrih.text.letters import fold
from tasrih.text.lists import cue_kind
from tasrih.text.pairs import pairs
from tasrih.text.words import forms

_SEED, _EPOCHS, _RATE, _BATCH, _HIDDEN = 7, 12, 5e-3, 32, 128
_LEAST = 2  # times that a form is seen, or it is as one that never was
_SIZES = {"word": 64, "start": 24, "end": 24, "marks": 8, "cue": 8}


def _looks(row: Row) -> dict[str, list[str]]:
    """What is seen of each token of a row."""
    words = [fold(token)[0] for token in row.tokens]
    marked = [(pair.start, pair.end) for pair in pairs(row.text)]
    return {
        "word": words,
        "start": [word[:3] for word in words],
        "end": [word[-3:] for word in words],
        "marks": [str(sum(begin <= start < end for begin, end in marked)) for start in row.starts],
        "cue": [str(next((kind for form in forms(word) if (kind := cue_kind(form))), None)) for word in words],
    }


def _vocabularies(looks: list[dict[str, list[str]]]) -> dict[str, dict[str, int]]:
    """Numbers of what is seen in training, from 2: 0 is none, 1 what is rare."""
    made = {}
    for name in _SIZES:
        seen = Counter(value for look in looks for value in look[name])
        kept = sorted(value for value, times in seen.items() if times >= _LEAST)
        made[name] = {value: number for number, value in enumerate(kept, 2)}
    return made


class Tagger(nn.Module):
    """Scores of the tags of all layers."""

    def __init__(self, vocabularies: dict[str, dict[str, int]]) -> None:
        super().__init__()
        sizes = [len(tags) for tags in TAGS.values()]
        self.shape = len(sizes), max(sizes)
        self.embedded = nn.ModuleDict(
            {name: nn.Embedding(len(vocabularies[name]) + 2, size, padding_idx=0) for name, size in _SIZES.items()}
        )
        self.dropped = nn.Dropout(0.4)
        self.lstm = nn.LSTM(sum(_SIZES.values()), _HIDDEN, batch_first=True, bidirectional=True)
        self.scored = nn.Linear(2 * _HIDDEN, len(sizes) * max(sizes))
        self.crfs = Crfs(sizes)

    def forward(self, looks: dict[str, Tensor], lengths: Tensor) -> Tensor:
        """Scores by batch, place, layer and tag, of numbers by batch and place."""
        seen = self.dropped(torch.cat([self.embedded[name](looks[name]) for name in _SIZES], 2))
        packed = nn.utils.rnn.pack_padded_sequence(seen, lengths, batch_first=True, enforce_sorted=False)
        read, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        return self.scored(self.dropped(read)).unflatten(2, self.shape)


def trained(found: list[Row]) -> Callable[[Row], dict[str, list[str]]]:
    """A function that tags rows, trained on these. The same rows give the same tags on the same machine."""
    torch.manual_seed(_SEED)
    shuffled = random.Random(_SEED)
    looks = list(map(_looks, found))
    vocabularies = _vocabularies(looks)
    inputs = [_numbers(look, vocabularies) for look in looks]
    tags = [torch.tensor([[TAGS[layer].index(tag) for tag in row.tags[layer]] for layer in TAGS]).T for row in found]
    tagger = Tagger(vocabularies)
    made = torch.optim.Adam(tagger.parameters(), _RATE)
    slower = torch.optim.lr_scheduler.LinearLR(made, 1.0, 0.05, _EPOCHS)
    for epoch in range(_EPOCHS):
        losses = []
        for batch in _batches(found, shuffled):
            lengths = torch.tensor([len(tags[number]) for number in batch])
            given = {name: _padded([inputs[number][name] for number in batch]) for name in _SIZES}
            mask = torch.arange(int(lengths.max())) < lengths[:, None]
            loss = tagger.crfs.loss(tagger(given, lengths), _padded([tags[number] for number in batch]), mask)
            made.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 5.0)
            made.step()
            losses.append(loss.item())
        slower.step()
        print(f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}", file=sys.stderr)
    tagger.eval()
    return lambda row: _tags(row, tagger, vocabularies)


def _numbers(look: dict[str, list[str]], vocabularies: dict[str, dict[str, int]]) -> dict[str, Tensor]:
    return {name: torch.tensor([vocabularies[name].get(value, 1) for value in look[name]]) for name in _SIZES}


def _padded(rows_: list[Tensor]) -> Tensor:
    return nn.utils.rnn.pad_sequence(rows_, batch_first=True)


def _batches(found: list[Row], shuffled: random.Random) -> Iterator[list[int]]:
    """Numbers of rows that are about as long, in another order each time."""
    order = sorted(range(len(found)), key=lambda number: len(found[number].tokens) + shuffled.random() * 8)
    batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
    shuffled.shuffle(batches)
    yield from batches


@torch.no_grad()
def _tags(row: Row, tagger: Tagger, vocabularies: dict[str, dict[str, int]]) -> dict[str, list[str]]:
    if not row.tokens:
        return {layer: [] for layer in TAGS}
    given = {name: values[None] for name, values in _numbers(_looks(row), vocabularies).items()}
    scores = tagger(given, torch.tensor([len(row.tokens)]))[0]
    best = zip(TAGS.items(), tagger.crfs.best(scores), strict=True)
    return {layer: [tags[number] for number in numbers] for (layer, tags), numbers in best}


def main() -> None:
    """Trains, and prints the predictions."""
    given = training_parser(__doc__).parse_args()
    tags = trained(training_rows(given))
    printed(lines(row._replace(tags=tags(row)) for row in rows(of_split(given.corpus, given.split))))


if __name__ == "__main__":
    main()
