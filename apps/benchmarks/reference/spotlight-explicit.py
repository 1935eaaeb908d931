"""Spotlight's example of explicit factorization: an independent implementation in PyTorch.

    pip install torch numpy
    python apps/benchmarks/reference/spotlight-explicit.py ml-100k.zip 42 1 2 3 4

Prints for each seed the ten losses and the RMSE on the training and the test data. Split, sizes, initial values and
training are those of the experiment spotlight/explicit-ml-100k.
"""

import sys
import zipfile

import numpy as np
import torch


def read_ratings(archive):
    lines = zipfile.ZipFile(archive).read("ml-100k/u.data").decode().splitlines()
    rows = np.array([line.split() for line in lines], dtype=np.int64)
    order = np.arange(len(rows))
    np.random.RandomState(42).shuffle(order)
    cut = int(0.8 * len(rows))
    return rows[order[:cut]], rows[order[cut:]]


def create_table(count, dim, deviation):
    embedding = torch.nn.Embedding(count, dim)
    torch.nn.init.normal_(embedding.weight, 0, deviation) if deviation else torch.nn.init.zeros_(embedding.weight)
    return embedding


def run(seed, train, test):
    random = np.random.RandomState(seed)
    torch.manual_seed(int(random.randint(-(10**8), 10**8)))
    user, item = create_table(944, 128, 1 / 128), create_table(1683, 128, 1 / 128)
    user_bias, item_bias = create_table(944, 1, 0), create_table(1683, 1, 0)

    def predict(rows):
        users, items = torch.tensor(rows[:, 0]), torch.tensor(rows[:, 1])
        return (user(users) * item(items)).sum(1) + user_bias(users).squeeze(1) + item_bias(items).squeeze(1)

    def compute_error(rows):
        return ((torch.tensor(rows[:, 2], dtype=torch.float32) - predict(rows)) ** 2).mean()

    parameters = [weight for table in (user, item, user_bias, item_bias) for weight in table.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=1e-3, weight_decay=1e-9)
    losses = []
    for _ in range(10):
        order = random.permutation(len(train))
        batches = []
        for start in range(0, len(train), 1024):
            loss = compute_error(train[order[start : start + 1024]])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            batches.append(loss.item())
        losses.append(np.mean(batches))
    with torch.no_grad():
        return losses, [compute_error(rows).item() ** 0.5 for rows in (train, test)]


if __name__ == "__main__":
    train, test = read_ratings(sys.argv[1])
    for seed in map(int, sys.argv[2:]):
        losses, (train_error, test_error) = run(seed, train, test)
        text = " ".join(f"{loss:.3f}" for loss in losses)
        print(seed, text, f"train {train_error:.4f} test {test_error:.4f}", flush=True)
