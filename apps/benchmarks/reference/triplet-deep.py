"""The deep triplet model of the lab: an independent implementation in PyTorch.

    pip install torch numpy scipy
    python apps/benchmarks/reference/triplet-deep.py ml-100k.zip relu 1 2 3
    python apps/benchmarks/reference/triplet-deep.py ml-100k.zip linear 1 2 3

Prints for each seed the loss of the last epoch and the mean AUC over users. Data, sizes, negatives and training are
those of triplet/deep and triplet/deep-linear; weights are initialized as in Keras.
"""

import sys
import zipfile

import numpy as np
import torch
from scipy.stats import rankdata


def read_rows(archive, name):
    lines = zipfile.ZipFile(archive).read(f"ml-100k/{name}").decode().splitlines()
    return np.array([line.split() for line in lines], dtype=np.int64)


def sort_by_item(rows):
    first = {}
    for item in rows[:, 1]:
        first.setdefault(item, len(first))
    return rows[np.argsort([first[item] for item in rows[:, 1]], kind="stable")]


def compute_mean_auc(score, train, test):
    known = {user: set(train[train[:, 0] == user, 1]) for user in range(1, 944)}
    targets = {user: set(test[test[:, 0] == user, 1]) for user in range(1, 944)}
    values = []
    for user in range(1, 944):
        if not targets[user]:
            continue
        items = np.array([item for item in range(1, 1683) if item not in known[user]])
        relevant = np.array([item in targets[user] for item in items])
        ranks = rankdata(score(user, items))
        count = relevant.sum()
        values.append((ranks[relevant].sum() - count * (count + 1) / 2) / (count * (len(items) - count)))
    return np.mean(values)


def run(seed, output, train, test):
    torch.manual_seed(seed)
    order = np.random.RandomState(1000 + seed)
    user, item = torch.nn.Embedding(944, 32), torch.nn.Embedding(1683, 64)
    hidden, last, drop = torch.nn.Linear(96, 128), torch.nn.Linear(128, 1), torch.nn.Dropout(0.1)
    for embedding in (user, item):
        torch.nn.init.uniform_(embedding.weight, -0.05, 0.05)
    for layer in (hidden, last):
        torch.nn.init.xavier_uniform_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
    parameters = [weight for module in (user, item, hidden, last) for weight in module.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=1e-3, eps=1e-7)

    def score(users, items):
        both = torch.cat([user(users), item(items)], 1)
        scores = last(drop(torch.relu(hidden(drop(both))))).squeeze(1)
        return torch.relu(scores) if output == "relu" else scores

    for epoch in range(20):
        negatives = np.random.RandomState(epoch).randint(1, 1683, len(train))
        rows = order.permutation(len(train))
        total = 0.0
        for start in range(0, len(rows), 64):
            batch = rows[start : start + 64]
            users = torch.tensor(train[batch, 0])
            difference = score(users, torch.tensor(negatives[batch])) - score(users, torch.tensor(train[batch, 1]))
            loss = torch.relu(difference + 1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
    drop.eval()
    with torch.no_grad():
        score_items = lambda one, items: score(torch.full((len(items),), one), torch.tensor(items)).numpy()
        auc = compute_mean_auc(score_items, train, test)
    return total / len(train), auc


if __name__ == "__main__":
    base, test = sort_by_item(read_rows(sys.argv[1], "ua.base")), read_rows(sys.argv[1], "ua.test")
    torch.set_num_threads(1)
    for seed in map(int, sys.argv[3:]):
        loss, auc = run(seed, sys.argv[2], base[base[:, 2] >= 4], test[test[:, 2] >= 4])
        print(f"seed {seed}: loss {loss:.4f}, auc {auc:.4f}", flush=True)
