"""The training loops of "PyTorch for Recommenders 101" as printed: gradients are never cleared.

    pip install torch
    python apps/benchmarks/reference/ratings-loop.py ml-100k.zip --model mf       # or dense; --clear clears gradients
    python apps/benchmarks/reference/ratings-loop.py --fixture > packages/engine/fixtures/never-cleared-gradients.json

Prints the test RMSE on the way through one epoch: one rating per step, plain SGD, ratings scaled to 0..1. The sizes of
the dense network are ours (20 factors, 64 units), since the post has none. The fixture is the same loop on 5 users and
7 items, for the test of sgd({ faithful: 'never-clears-gradients' }).
"""

import argparse
import io
import json
import sys
import zipfile

import torch


class MatrixFactorization(torch.nn.Module):
    def __init__(self, n_users, n_items, n_factors=20):
        super().__init__()
        self.user_factors = torch.nn.Embedding(n_users, n_factors, sparse=True)
        self.item_factors = torch.nn.Embedding(n_items, n_factors, sparse=True)

    def forward(self, user, item):
        return (self.user_factors(user) * self.item_factors(item)).sum(1)


class DenseNet(torch.nn.Module):
    def __init__(self, n_users, n_items, n_factors=20, units=64):
        super().__init__()
        self.user_factors = torch.nn.Embedding(n_users, n_factors)
        self.item_factors = torch.nn.Embedding(n_items, n_factors)
        self.linear1 = torch.nn.Linear(2 * n_factors, units)
        self.linear2 = torch.nn.Linear(units, 1)

    def forward(self, user, item):
        x = torch.cat([self.user_factors(user), self.item_factors(item)], 1)
        return self.linear2(torch.relu(self.linear1(x)))[:, 0]


def densify(model):
    """Sparse gradients would grow by an entry per step; the sum of all steps is the same."""
    for module in model.modules():
        if isinstance(module, torch.nn.Embedding):
            module.sparse = False


def train(model, rows, learning_rate, clear, report):
    loss_fn = torch.nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for step, (user, item, rating) in enumerate(rows):
        if clear:
            optimizer.zero_grad()
        loss_fn(model(torch.tensor([user]), torch.tensor([item])), torch.tensor([rating])).backward()
        optimizer.step()
        report(step + 1)


def write_fixture():
    torch.manual_seed(7)
    model = MatrixFactorization(5, 7, 3)  # with sparse gradients, as printed
    rows = [(k % 5, (k * k + 3 * k) % 7, (k % 4) / 4) for k in range(23)]
    start = {name: value.flatten().tolist() for name, value in model.state_dict().items()}
    train(model, rows, 0.01, False, lambda step: None)
    end = {name: value.flatten().tolist() for name, value in model.state_dict().items()}
    json.dump({"torch": torch.__version__, "learningRate": 0.01, "rows": rows, "start": start, "end": end}, sys.stdout)
    print()


def read_ratings(path):
    with zipfile.ZipFile(path) as archive:
        text = io.TextIOWrapper(archive.open("ml-100k/u.data"))
        return [(int(u) - 1, int(i) - 1, (float(r) - 1) / 4) for u, i, r, _ in (line.split("\t") for line in text)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("archive", nargs="?")
    parser.add_argument("--model", choices=["mf", "dense"], default="mf")
    parser.add_argument("--learning-rate", type=float, default=1e-6)
    parser.add_argument("--clear", action="store_true", help="clear gradients before each step")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fixture", action="store_true")
    options = parser.parse_args()
    if options.fixture:
        return write_fixture()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    ratings = read_ratings(options.archive)
    order = torch.randperm(len(ratings)).tolist()
    test = [ratings[at] for at in order[: len(order) // 5]]
    rows = [ratings[at] for at in order[len(order) // 5 :]]
    users, items, targets = (torch.tensor(column) for column in zip(*test))
    model = (MatrixFactorization if options.model == "mf" else DenseNet)(943, 1682)
    densify(model)

    def report(step):
        if step == 1 or step % 10_000 == 0:
            with torch.no_grad():
                rmse = ((model(users, items) - targets) ** 2).mean().sqrt().item()
            print(f"{step} steps: rmse {rmse:.4f}", flush=True)

    train(model, rows, options.learning_rate, options.clear, report)


main()
