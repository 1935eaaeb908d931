"""Spotlight's example of explicit factorization, written again in PyTorch: how far apart do seeds lie?

    pip install torch numpy
    python apps/benchmarks/reference/spotlight-explicit.py ml-100k.zip 42 1 2 3 4

Prints for each seed the ten losses and the RMSE on the training and on the test part. Split, sizes, first values and
training are those of the experiment spotlight/explicit-ml-100k.
"""

import sys
import zipfile

import numpy as np
import torch


def ratings(archive):
    lines = zipfile.ZipFile(archive).read("ml-100k/u.data").decode().splitlines()
    rows = np.array([line.split() for line in lines], dtype=np.int64)
    order = np.arange(len(rows))
    np.random.RandomState(42).shuffle(order)
    cut = int(0.8 * len(rows))
    return rows[order[:cut]], rows[order[cut:]]


def table(count, dim, deviation):
    embedding = torch.nn.Embedding(count, dim)
    torch.nn.init.normal_(embedding.weight, 0, deviation) if deviation else torch.nn.init.zeros_(embedding.weight)
    return embedding


def run(seed, train, test):
    random = np.random.RandomState(seed)
    torch.manual_seed(int(random.randint(-(10**8), 10**8)))
    user, item = table(944, 128, 1 / 128), table(1683, 128, 1 / 128)
    user_bias, item_bias = table(944, 1, 0), table(1683, 1, 0)

    def predict(rows):
        users, items = torch.tensor(rows[:, 0]), torch.tensor(rows[:, 1])
        return (user(users) * item(items)).sum(1) + user_bias(users).squeeze(1) + item_bias(items).squeeze(1)

    def error(rows):
        return ((torch.tensor(rows[:, 2], dtype=torch.float32) - predict(rows)) ** 2).mean()

    parameters = [weight for part in (user, item, user_bias, item_bias) for weight in part.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=1e-3, weight_decay=1e-9)
    losses = []
    for _ in range(10):
        order = random.permutation(len(train))
        batches = []
        for start in range(0, len(train), 1024):
            loss = error(train[order[start : start + 1024]])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            batches.append(loss.item())
        losses.append(np.mean(batches))
    with torch.no_grad():
        return losses, [error(part).item() ** 0.5 for part in (train, test)]


if __name__ == "__main__":
    train, test = ratings(sys.argv[1])
    for seed in map(int, sys.argv[2:]):
        losses, (trained, tested) = run(seed, train, test)
        print(seed, " ".join(f"{loss:.3f}" for loss in losses), f"train {trained:.4f} test {tested:.4f}", flush=True)
