"""One epoch of Spotlight's implicit factorization, in PyTorch, on MovieLens 1M: dense Adam, vectors of 128 numbers, 1024 ratings per step.

Reads the archive named first. For each word on stdin (bpr, adaptive) trains one epoch and prints its seconds.
"""

import sys
import time
import zipfile

import numpy as np
import torch

torch.set_num_threads(2)
lines = zipfile.ZipFile(sys.argv[1]).read("ml-1m/ratings.dat").decode("latin1").splitlines()
rows = np.array([line.split("::")[:2] for line in lines], dtype=np.int64)
users, items = (np.unique(column, return_inverse=True)[1] for column in rows.T)
user_count, item_count, dim, batch = users.max() + 1, items.max() + 1, 128, 1024


def model():
    tables = [torch.nn.Embedding(user_count, dim), torch.nn.Embedding(item_count, dim), torch.nn.Embedding(user_count, 1), torch.nn.Embedding(item_count, 1)]
    for table in tables[:2]:
        torch.nn.init.normal_(table.weight, 0, 1 / dim)
    for table in tables[2:]:
        torch.nn.init.zeros_(table.weight)
    return tables, torch.optim.Adam([table.weight for table in tables], lr=1e-2)


def epoch(tables, optimizer, loss):
    user, item, user_bias, item_bias = tables

    def score(u, i):
        return (user(u) * item(i)).sum(1) + user_bias(u).squeeze(1) + item_bias(i).squeeze(1)

    order = np.random.permutation(len(users))
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        u, p = torch.from_numpy(users[chosen]), torch.from_numpy(items[chosen])
        positive = score(u, p)
        if loss == "bpr":
            value = (1 - torch.sigmoid(positive - score(u, torch.randint(item_count, (len(u),))))).mean()
        else:
            negatives = score(u.repeat(5), torch.randint(item_count, (5 * len(u),))).view(5, len(u))
            value = torch.clamp(negatives.max(0)[0] - positive + 1, min=0).mean()
        optimizer.zero_grad()
        value.backward()
        optimizer.step()


models = {loss: model() for loss in ("bpr", "adaptive")}
for line in sys.stdin:
    started = time.perf_counter()
    epoch(*models[line.strip()], line.strip())
    print(time.perf_counter() - started, flush=True)
