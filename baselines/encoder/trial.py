"""A tiny encoder made at random, to try the command without a hub: it has the characters of a corpus as its subwords.

python -m baselines.encoder.trial FOLDER CORPUS...
"""

import sys
from pathlib import Path

import torch
from transformers import BertConfig, BertModel, BertTokenizerFast

from baselines.command import of_split


def main() -> None:
    """Writes the model and its tokenizer into a folder."""
    folder, *corpus = sys.argv[1:]
    letters = sorted({one for article in of_split(corpus, "train") for part in article.paragraphs for one in part.text})
    subwords = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    Path(folder).mkdir(parents=True, exist_ok=True)
    vocabulary = {subword: number for number, subword in enumerate(subwords)}
    BertTokenizerFast(vocab=vocabulary, do_lower_case=False, strip_accents=False, model_max_length=128).save_pretrained(
        folder
    )
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(subwords), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(folder)


if __name__ == "__main__":
    main()
