"""Epochs of implicit factorization in PyTorch, as Spotlight trains them."""

import numpy as np

from common import read_ids, time_call
from threaded_torch import torch


def scaled_embedding(count, dim, **options):
    """Spotlight's embedding: N(0, 1/dim), zeros for the padding id."""
    table = torch.nn.Embedding(count, dim, **options)
    torch.nn.init.normal_(table.weight, 0, 1.0 / dim)
    if table.padding_idx is not None:
        table.weight.data[table.padding_idx].fill_(0)
    return table


def zero_embedding(count, **options):
    table = torch.nn.Embedding(count, 1, **options)
    torch.nn.init.zeros_(table.weight)
    return table


def factorization(loss, negatives, dim, batch, userCount, itemCount, users, items):
    users, items = read_ids(users), read_ids(items)
    user, item = scaled_embedding(userCount, dim), scaled_embedding(itemCount, dim)
    user_bias, item_bias = zero_embedding(userCount), zero_embedding(itemCount)
    optimizer = torch.optim.Adam([table.weight for table in (user, item, user_bias, item_bias)], lr=1e-2)

    def score(u, i):
        return (user(u) * item(i)).sum(1) + user_bias(u).squeeze(1) + item_bias(i).squeeze(1)

    def compute_loss(u, p):
        positive = score(u, p)
        if loss == "sigmoid-bpr":
            drawn = torch.from_numpy(np.random.randint(0, itemCount, len(u)))
            return (1 - torch.sigmoid(positive - score(u, drawn))).mean()
        drawn = torch.from_numpy(np.random.randint(0, itemCount, negatives * len(u)))
        hardest = score(u.repeat(negatives), drawn).view(negatives, len(u)).max(0)[0]
        return torch.clamp(hardest - positive + 1, min=0).mean()

    def epoch():
        order = np.random.permutation(len(users))
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            value = compute_loss(torch.from_numpy(users[rows]), torch.from_numpy(items[rows]))
            optimizer.zero_grad()
            value.backward()
            optimizer.step()

    return {"PyTorch, as Spotlight": lambda: time_call(epoch)}
