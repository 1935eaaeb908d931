"""Epochs of SASRec in PyTorch, with its scaled_dot_product_attention.

As in usual implementations, every window has all steps, and padding goes through all layers. The loss is computed in
two ways: of padding too, which is then masked, or of real steps alone.
"""

import numpy as np
from torch.nn import functional

from common import read_ids, time_call
from threaded_torch import torch


class Block(torch.nn.Module):
    """Attention and feed-forward layer, each of normalized vectors and added to its input."""

    def __init__(self, dim, heads, dropout):
        super().__init__()
        self.heads, self.rate = heads, dropout
        self.norm1, self.norm2 = torch.nn.LayerNorm(dim), torch.nn.LayerNorm(dim)
        self.project, self.output = torch.nn.Linear(dim, 3 * dim), torch.nn.Linear(dim, dim)
        self.hidden, self.last = torch.nn.Linear(dim, dim), torch.nn.Linear(dim, dim)
        self.drop = torch.nn.Dropout(dropout)

    def forward(self, x):  # [batch, time, dim]
        batch, time, dim = x.shape
        vectors = self.project(self.norm1(x)).view(batch, time, 3, self.heads, dim // self.heads)
        q, k, v = vectors.permute(2, 0, 3, 1, 4)  # [batch, heads, time, dim / heads] each
        mean = functional.scaled_dot_product_attention(q, k, v, dropout_p=self.rate, is_causal=True)
        x = x + self.drop(self.output(mean.transpose(1, 2).reshape(batch, time, dim)))
        return x + self.drop(self.last(self.drop(torch.relu(self.hidden(self.norm2(x))))))


class SasRec(torch.nn.Module):
    def __init__(self, dim, blocks, heads, dropout, item_count, length):
        super().__init__()
        self.item = torch.nn.Embedding(item_count, dim, padding_idx=0)
        self.position = torch.nn.Embedding(length, dim)
        self.drop = torch.nn.Dropout(dropout)
        self.blocks = torch.nn.Sequential(*(Block(dim, heads, dropout) for _ in range(blocks)))
        self.norm = torch.nn.LayerNorm(dim)

    def forward(self, items):  # [batch, time]
        x = self.item(items) * self.item.embedding_dim**0.5 + self.position.weight
        return self.norm(self.blocks(self.drop(x)))


def training(dim, blocks, heads, batch, negatives, dropout, sequences, length, itemCount):
    rows = read_ids(sequences).reshape(-1, length)
    network = SasRec(dim, blocks, heads, dropout, itemCount + 1, length - 1)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.001)

    def draw_scores(states, targets):
        """Scores of targets and negatives: [..., dim], [...] -> [..., 1 + negatives]."""
        drawn = torch.randint(1, itemCount + 1, (*targets.shape, negatives))
        candidates = torch.cat([targets.unsqueeze(-1), drawn], -1)
        return (network.item(candidates) @ states.unsqueeze(-1)).squeeze(-1)

    def lose_masked(states, targets):
        scores = draw_scores(states, targets)
        losses = torch.logsumexp(scores, -1) - scores[..., 0]
        mask = (targets != 0).float()
        return (losses * mask).sum() / mask.sum()

    def lose_real(states, targets):
        real = targets != 0
        scores = draw_scores(states[real], targets[real])
        return (torch.logsumexp(scores, -1) - scores[..., 0]).mean()

    def epoch(lose):
        order = np.random.permutation(len(rows))
        for start in range(0, len(order), batch):
            chosen = torch.from_numpy(rows[order[start : start + batch]])
            value = lose(network(chosen[:, :-1]), chosen[:, 1:])
            optimizer.zero_grad()
            value.backward()
            optimizer.step()

    return {
        "PyTorch, padding scored and masked": lambda: time_call(lambda: epoch(lose_masked)),
        "PyTorch, real steps scored": lambda: time_call(lambda: epoch(lose_real)),
    }
