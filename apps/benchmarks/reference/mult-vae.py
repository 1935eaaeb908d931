"""Mult-VAE, Mult-DAE and EASE: an independent implementation in PyTorch and numpy, on MovieLens 1M.

    pip install torch numpy
    python apps/benchmarks/reference/mult-vae.py ml-1m.zip vae 1 2 3 4 5
    python apps/benchmarks/reference/mult-vae.py ml-1m.zip dae 1 2 3 4 5
    python apps/benchmarks/reference/mult-vae.py ml-1m.zip ease

Prints NDCG@100, Recall@20 and Recall@50 (out of min(k, held out)) of the test users for each seed, at the epoch with
the best NDCG@100 of the validation users. Data, split, sizes and training are those of mult-vae/ml-1m-vae-stops-early,
ml-1m-dae and ml-1m-ease; written from the papers, with dense matrices.
"""

import sys
import time
import zipfile

import numpy as np
import torch
import torch.nn.functional as F

DIMS, DROPOUT, RATE, BATCH, EPOCHS, PATIENCE = (600, 200), 0.5, 1e-3, 100, 100, 10
CAP, ANNEALING = 0.2, 50  # largest β, and the epochs until it is reached
LAMBDA = 500


def prepare(archive):
    lines = zipfile.ZipFile(archive).read("ml-1m/ratings.dat").decode("latin1").split()
    rows = np.array([line.split("::")[:3] for line in lines], dtype=np.int64)
    liked = rows[rows[:, 2] > 3.5][:, :2]
    counts = np.bincount(liked[:, 0])
    liked = liked[counts[liked[:, 0]] >= 5]
    users = np.unique(liked[:, 0])
    np.random.seed(98765)
    users = users[np.random.permutation(len(users))]
    held = int(0.1 * len(users))
    subsets = np.split(users, [len(users) - 2 * held, len(users) - held])
    train = liked[np.isin(liked[:, 0], subsets[0])]
    _, first = np.unique(train[:, 1], return_index=True)
    index = {item: number for number, item in enumerate(train[np.sort(first), 1])}

    def create_matrix(groups):
        dense = np.zeros((len(groups), len(index)), dtype=np.float32)
        for row, items in enumerate(groups):
            dense[row, [index[item] for item in items]] = 1
        return dense

    def split_items(subset):
        """History and targets of held-out users."""
        np.random.seed(98765)
        history, targets = [], []
        for user in np.sort(subset):
            items = np.array([item for item in liked[liked[:, 0] == user, 1] if item in index])
            target = np.zeros(len(items), dtype=bool)
            if len(items) >= 5:
                target[np.random.choice(len(items), size=int(0.2 * len(items)), replace=False)] = True
                history.append(items[~target])
                targets.append(items[target])
        return create_matrix(history), create_matrix(targets)

    groups = [train[train[:, 0] == user, 1] for user in subsets[0]]
    return create_matrix(groups), split_items(subsets[1]), split_items(subsets[2])


def evaluate(scores, history, targets):
    scores = np.where(history > 0, -np.inf, scores)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :100]
    hits = np.take_along_axis(targets, order, 1)
    count = targets.sum(1)
    gains = 1 / np.log2(np.arange(2, 102))
    ideal = np.concatenate([[0], np.cumsum(gains)])[np.minimum(count, 100).astype(int)]
    recall = lambda k: hits[:, :k].sum(1) / np.minimum(k, count)
    return [np.mean(value) for value in ((hits * gains).sum(1) / ideal, recall(20), recall(50))]


class Autoencoder(torch.nn.Module):
    def __init__(self, items, variational):
        super().__init__()
        hidden, code = DIMS
        self.variational = variational
        sizes = [(items, hidden), (hidden, code * (2 if variational else 1)), (code, hidden), (hidden, items)]
        self.layers = torch.nn.ModuleList(torch.nn.Linear(*size) for size in sizes)
        for layer in self.layers:
            torch.nn.init.xavier_uniform_(layer.weight)
            torch.nn.init.normal_(layer.bias, std=1e-3)

    def forward(self, clicks):
        a, b, c, d = self.layers
        code = b(torch.tanh(a(F.dropout(F.normalize(clicks), DROPOUT, self.training))))
        kl = torch.zeros(())
        if self.variational:
            mean, log_variance = code.chunk(2, 1)
            kl = -0.5 * (1 + log_variance - mean**2 - log_variance.exp()).sum(1).mean()
            code = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance) if self.training else mean
        else:
            code = torch.tanh(code)
        return d(torch.tanh(c(code))), kl


def train_model(kind, seed, train, validation, test):
    torch.manual_seed(seed)
    train, inputs = torch.tensor(train), [torch.tensor(history) for history, _ in (validation, test)]
    model = Autoencoder(train.shape[1], kind == "vae")
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, fused=True)
    steps = -(-len(train) // BATCH)
    best, values, best_epoch, step = -1, None, 0, 0
    for epoch in range(EPOCHS):
        model.train()
        for batch in torch.randperm(len(train)).split(BATCH):
            scores, kl = model(train[batch])
            beta = min(CAP, CAP * step / (ANNEALING * steps))
            loss = -(train[batch] * F.log_softmax(scores, 1)).sum(1).mean() + beta * kl
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
        model.eval()
        with torch.no_grad():
            value = evaluate(model(inputs[0])[0].numpy(), *validation)[0]
            if value > best:
                best, best_epoch = value, epoch
                values = evaluate(model(inputs[1])[0].numpy(), *test)
        if epoch - best_epoch >= PATIENCE:
            break
    return best, best_epoch, values


def solve_ease(train, regularization):
    train = train.astype(np.float64)
    inverse = np.linalg.inv(train.T @ train + regularization * np.eye(train.shape[1]))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights


if __name__ == "__main__":
    archive, kind, *seeds = sys.argv[1:]
    torch.set_num_threads(1)
    train, validation, test = prepare(archive)
    users, items = train.shape
    print(f"{users} users, {items} items, {int(train.sum())} clicks; {len(test[0])} test users", flush=True)
    if kind == "ease":
        weights = solve_ease(train, LAMBDA)
        values = evaluate(test[0].astype(np.float64) @ weights, *test)
        text = " ".join(f"{value:.6f}" for value in values)
        print(f"validation {evaluate(validation[0] @ weights, *validation)[0]:.5f}; test {text}")
    results = []
    for seed in map(int, seeds):
        started = time.time()
        best, epoch, values = train_model(kind, seed, train, validation, test)
        results.append(values)
        text = " ".join(f"{value:.5f}" for value in values)
        seconds = time.time() - started
        print(f"seed {seed}: best epoch {epoch}, validation {best:.5f}; test {text}; {seconds:.0f} s", flush=True)
    if len(results) > 1:
        mean, error = np.mean(results, 0), np.std(results, 0, ddof=1) / np.sqrt(len(results))
        print("mean " + " ".join(f"{value:.5f} ± {by:.5f}" for value, by in zip(mean, error)))
