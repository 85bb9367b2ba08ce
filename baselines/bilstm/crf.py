"""Linear-chain CRFs of several layers at once, in torch.

Scores are by batch, place, layer and tag; the tags that a layer has fewer than the largest score _NEVER.
"""

import torch
from torch import Tensor, nn

_NEVER = -1e4


class Crfs(nn.Module):
    """Transitions of each layer, and what is best or most likely by them."""

    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        most = max(sizes)
        self.steps = nn.Parameter(torch.zeros(len(sizes), most, most))
        is_tag = torch.arange(most) < torch.tensor(sizes)[:, None]
        self.register_buffer("forbidden", torch.where(is_tag, 0.0, _NEVER))

    def loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The negative logarithm of how likely the tags are, a token; tags are by batch, place, layer."""
        scores = scores + self.forbidden
        chosen = scores.gather(3, tags[..., None])[..., 0] * mask[..., None]
        layers = torch.arange(tags.shape[2], device=tags.device)
        moved = self.steps[layers, tags[:, :-1], tags[:, 1:]] * mask[:, 1:, None]
        total = scores[:, 0]
        for place in range(1, scores.shape[1]):
            following = torch.logsumexp(total[..., None] + self.steps, 2) + scores[:, place]
            total = torch.where(mask[:, place, None, None], following, total)
        return (torch.logsumexp(total, 2).sum() - chosen.sum() - moved.sum()) / mask.sum()

    def best(self, scores: Tensor) -> list[list[int]]:
        """The best tags of one row, whose scores are by place, layer and tag: a list for each layer."""
        scores = scores + self.forbidden
        total, backward = scores[0], []
        for place in range(1, len(scores)):
            total, before = (total[..., None] + self.steps).max(1)
            backward.append(before)
            total = total + scores[place]
        tags = [total.argmax(1)]
        for before in reversed(backward):
            tags.append(before.gather(1, tags[-1][:, None])[:, 0])
        return torch.stack(tags[::-1], 1).tolist()
