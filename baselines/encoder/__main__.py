"""Any encoder of a hub, fine-tuned to tag tokens: one head for each layer of tags.

python -m baselines.encoder CORPUS... --model NAME [--train composed|real|both] [--epochs 10] [--rate 5e-5]
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase, get_linear_schedule_with_warmup

from baselines.command import of_split, printed, training_parser, training_rows
from baselines.lines import lines
from baselines.rows import TAGS, Row, rows

_SEED, _BATCH, _LONGEST = 7, 16, 256
_IGNORED = -100  # what the loss leaves out
_WARM = 0.1  # of the steps


class Piece(NamedTuple):
    """As much of a row as a model reads at once: its subwords, and for tokens by their numbers the first subword."""

    subwords: list[int]
    places: dict[int, int]


class Tagger(nn.Module):
    """An encoder with a head for each layer."""

    def __init__(self, model: str) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(model)
        width = self.encoder.config.hidden_size
        self.dropped = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({layer: nn.Linear(width, len(tags)) for layer, tags in TAGS.items()})

    def forward(self, subwords: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """The scores of each layer by batch, subword and tag."""
        read = self.dropped(self.encoder(input_ids=subwords, attention_mask=mask).last_hidden_state)
        return {layer: head(read) for layer, head in self.heads.items()}


def pieces(row: Row, tokenizer: PreTrainedTokenizerBase, longest: int) -> Iterator[Piece]:
    """The pieces of a row, each of whole tokens; a token that is too long by itself is cut."""
    room = longest - tokenizer.num_special_tokens_to_add()
    sizes = Counter(tokenizer(row.tokens, is_split_into_words=True, add_special_tokens=False, verbose=False).word_ids())
    first, length = 0, 0
    for number in range(len(row.tokens)):
        if length and length + sizes[number] > room:
            yield _piece(row.tokens, first, number, tokenizer, longest)
            first, length = number, 0
        length += sizes[number]
    yield _piece(row.tokens, first, len(row.tokens), tokenizer, longest)


def _piece(tokens: list[str], first: int, end: int, tokenizer: PreTrainedTokenizerBase, longest: int) -> Piece:
    """A piece with the special subwords of the model around it. A token of which nothing is left has no place."""
    read = tokenizer(tokens[first:end], is_split_into_words=True, truncation=True, max_length=longest)
    places: dict[int, int] = {}
    for place, number in enumerate(read.word_ids()):
        if number is not None:
            places.setdefault(first + number, place)
    return Piece(read["input_ids"], places)


def trained(found: list[Row], model: str, epochs: int, rate: float) -> Callable[[Row], dict[str, list[str]]]:
    """A function that tags rows, by an encoder that is fine-tuned on these."""
    torch.manual_seed(_SEED)
    tokenizer = AutoTokenizer.from_pretrained(model)
    tagger = Tagger(model)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tagger.to(device)
    longest = min(_LONGEST, tokenizer.model_max_length, tagger.encoder.config.max_position_embeddings - 2)
    examples = [(row, piece) for row in found for piece in pieces(row, tokenizer, longest)]
    steps = epochs * -(-len(examples) // _BATCH)
    made = torch.optim.AdamW(tagger.parameters(), rate, weight_decay=0.01)
    slower = get_linear_schedule_with_warmup(made, int(_WARM * steps), steps)
    shuffled = random.Random(_SEED)
    for epoch in range(epochs):
        tagger.train()
        shuffled.shuffle(examples)
        losses = []
        for start in range(0, len(examples), _BATCH):
            loss = _loss(tagger, examples[start : start + _BATCH], tokenizer.pad_token_id, device)
            made.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            made.step()
            slower.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}", file=sys.stderr)
    tagger.eval()
    return lambda row: _tags(row, tagger, list(pieces(row, tokenizer, longest)), device)


def _loss(tagger: Tagger, batch: list[tuple[Row, Piece]], filler: int, device: torch.device) -> Tensor:
    subwords = nn.utils.rnn.pad_sequence([torch.tensor(piece.subwords) for _, piece in batch], True, filler)
    lengths = torch.tensor([len(piece.subwords) for _, piece in batch])
    mask = torch.arange(subwords.shape[1]) < lengths[:, None]
    scores = tagger(subwords.to(device), mask.to(device).long())
    losses = []
    for layer, tags in TAGS.items():
        wanted = torch.full(subwords.shape, _IGNORED)
        for number, (row, piece) in enumerate(batch):
            for token, place in piece.places.items():
                wanted[number, place] = tags.index(row.tags[layer][token])
        losses.append(nn.functional.cross_entropy(scores[layer].transpose(1, 2), wanted.to(device)))
    return torch.stack(losses).sum()


@torch.no_grad()
def _tags(row: Row, tagger: Tagger, found: list[Piece], device: torch.device) -> dict[str, list[str]]:
    made = {layer: ["O"] * len(row.tokens) for layer in TAGS}
    for piece in found:
        subwords = torch.tensor([piece.subwords], device=device)
        for layer, scores in tagger(subwords, torch.ones_like(subwords)).items():
            best = scores[0].argmax(1).tolist()
            for token, place in piece.places.items():
                made[layer][token] = TAGS[layer][best[place]]
    return made


def main() -> None:
    """Fine-tunes, and prints the predictions."""
    arguments = training_parser(__doc__)
    arguments.add_argument("--model", required=True, help="a model of the hub, or a folder")
    arguments.add_argument("--epochs", type=int, default=10)
    arguments.add_argument("--rate", type=float, default=5e-5, help="the learning rate")
    given = arguments.parse_args()
    tags = trained(training_rows(given), given.model, given.epochs, given.rate)
    printed(lines(row._replace(tags=tags(row)) for row in rows(of_split(given.corpus, given.split))))


if __name__ == "__main__":
    main()
