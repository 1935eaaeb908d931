"""Does the work of engine/contests with PyTorch, numpy and, where they are installed, LightFM and implicit.

Reads one JSON request per line: `{"prepare": {...}}` brings a work into memory (and lets go of the one before), `{"run": true}` does it once.
Answers each with one JSON line: of names to seconds, empty where nothing here can do the work. `{"peak": true}` asks for the most memory that this process
had at one time, in bytes. Started by engine/run.ts with the number of threads.
"""

import json
import pathlib
import re
import resource
import sys
import time

import numpy as np
import torch

torch.set_num_threads(int(sys.argv[1]))


def ids(path):
    return np.fromfile(path, dtype=np.int32).astype(np.int64)


def timed(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak_bytes():
    """Of this process alone: on Linux `getrusage` begins with what the process that started it had."""
    status = pathlib.Path("/proc/self/status")
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.M) if status.exists() else None
    if found:
        return 1024 * int(found[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def product(precision, m, k, n, repeats):
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    a, b, c = (torch.rand(shape).to(dtype) for shape in ((m, k), (k, n), (m, n)))

    def many(multiply):
        def run():
            for _ in range(repeats):
                multiply()

        return lambda: timed(run) / repeats

    works = {"PyTorch": many(lambda: torch.mm(a, b, out=c))}
    if precision == "fp32":
        x, y, z = a.numpy(), b.numpy(), c.numpy()
        works["numpy (OpenBLAS)"] = many(lambda: np.matmul(x, y, out=z))
    return works


def scaled_embedding(count, dim, **options):
    """Spotlight's: N(0, 1/dim), the row of the padding 0."""
    table = torch.nn.Embedding(count, dim, **options)
    torch.nn.init.normal_(table.weight, 0, 1.0 / dim)
    if table.padding_idx is not None:
        table.weight.data[table.padding_idx].fill_(0)
    return table


def zero_embedding(count, **options):
    table = torch.nn.Embedding(count, 1, **options)
    torch.nn.init.zeros_(table.weight)
    return table


def spotlight_factorization(loss, negatives, dim, batch, userCount, itemCount, users, items):
    users, items = ids(users), ids(items)
    user, item = scaled_embedding(userCount, dim), scaled_embedding(itemCount, dim)
    user_bias, item_bias = zero_embedding(userCount), zero_embedding(itemCount)
    optimizer = torch.optim.Adam([table.weight for table in (user, item, user_bias, item_bias)], lr=1e-2)

    def score(u, i):
        return (user(u) * item(i)).sum(1) + user_bias(u).squeeze(1) + item_bias(i).squeeze(1)

    def epoch():
        order = np.random.permutation(len(users))
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            u, p = torch.from_numpy(users[chosen]), torch.from_numpy(items[chosen])
            positive = score(u, p)
            if loss == "sigmoid-bpr":
                value = (1 - torch.sigmoid(positive - score(u, torch.from_numpy(np.random.randint(0, itemCount, len(u)))))).mean()
            else:
                drawn = torch.from_numpy(np.random.randint(0, itemCount, negatives * len(u)))
                hardest = score(u.repeat(negatives), drawn).view(negatives, len(u)).max(0)[0]
                value = torch.clamp(hardest - positive + 1, min=0).mean()
            optimizer.zero_grad()
            value.backward()
            optimizer.step()

    return {"PyTorch, as Spotlight": lambda: timed(epoch)}


def lightfm(loss, negatives, dim, batch, userCount, itemCount, users, items):
    try:
        from lightfm import LightFM
        from scipy.sparse import coo_matrix
    except ImportError:
        return {}
    users, items = ids(users), ids(items)
    ones = np.ones(len(users), dtype=np.float32)
    choices = coo_matrix((ones, (users, items)), shape=(userCount, itemCount))
    model = LightFM(no_components=dim, loss="warp" if loss == "warp" else "bpr", max_sampled=negatives)
    # It goes on from where it was: what it does before an epoch is to make two identity matrices. Its optimizer is the same whatever ours is.
    return {"LightFM, Adagrad": lambda: timed(lambda: model.fit_partial(choices, epochs=1, num_threads=torch.get_num_threads()))}


def implicit_model(kind, dim, userCount, itemCount, users, items):
    try:
        import implicit
        from scipy.sparse import coo_matrix
    except ImportError:
        return {}
    users, items = ids(users), ids(items)
    choices = coo_matrix((np.ones(len(users), dtype=np.float32), (users, items)), shape=(userCount, itemCount)).tocsr()
    sizes = {"factors": dim, "iterations": 3, "num_threads": torch.get_num_threads()}

    def ranking():
        """An epoch leaves out the draws whose negative was chosen, more than a quarter of them here: the time is that of as many updates as ours does."""
        epochs = []
        model = implicit.bpr.BayesianPersonalizedRanking(**sizes)
        model.fit(choices, show_progress=False, callback=lambda _, seconds, correct, skipped: epochs.append(seconds / (1 - skipped / choices.nnz)))
        return np.mean(epochs[1:])

    def squares():
        iterations = []
        model = implicit.als.AlternatingLeastSquares(**sizes)
        model.fit(choices, show_progress=False, callback=lambda _, seconds, loss: iterations.append(seconds))
        return np.mean(iterations[1:])

    return {"implicit, by updates": ranking} if kind == "bpr" else {"implicit": squares}


class Lstm(torch.nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.layer = torch.nn.LSTM(dim, dim, batch_first=True)

    def forward(self, x):  # [batch, dim, time + 1], zeros first
        return self.layer(x.transpose(1, 2))[0].transpose(1, 2)


class MultiplicativeLstm(torch.nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.inputs, self.input_factor = torch.nn.Linear(dim, 4 * dim), torch.nn.Linear(dim, dim)
        self.states, self.state_factor = torch.nn.Linear(dim, 4 * dim), torch.nn.Linear(dim, dim)
        self.start = torch.nn.Parameter(torch.randn(dim) / dim)

    def forward(self, x):
        x = x[:, :, 1:].transpose(1, 2)  # its start is learned
        gates, factors = self.inputs(x), self.input_factor(x)
        hidden = cell = self.start.expand(x.shape[0], -1)
        cells = [cell]
        for step in range(x.shape[1]):
            sums = gates[:, step] + self.states(factors[:, step] * self.state_factor(hidden))
            i, f, g, o = sums.chunk(4, 1)
            cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
            hidden = torch.sigmoid(o) * torch.tanh(cell)
            cells.append(cell)
        return torch.stack(cells, 2)


class Convolution(torch.nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.layer = torch.nn.Conv2d(dim, dim, (3, 1))

    def forward(self, x):
        seen = torch.nn.functional.pad(x[:, :, 1:].unsqueeze(3), (0, 0, 3, 0))
        return torch.tanh(self.layer(seen)).squeeze(3) + x


class Pooling(torch.nn.Module):
    def __init__(self, dim):
        super().__init__()

    def forward(self, x):
        return torch.cumsum(x, 2) / (torch.cumsum((x != 0.0).float(), 2) + 1)


representations = {"lstm": Lstm, "mlstm": MultiplicativeLstm, "cnn": Convolution, "pooling": Pooling}


class SequenceNetwork(torch.nn.Module):
    """States before each item and after the last, scored against items by their own vectors."""

    def __init__(self, representation, dim, item_count):
        super().__init__()
        self.item, self.bias = scaled_embedding(item_count, dim, padding_idx=0), zero_embedding(item_count, padding_idx=0)
        self.representation = representations[representation](dim)

    def states(self, sequences):
        vectors = self.item(sequences).transpose(1, 2)  # [batch, dim, time]
        return self.representation(torch.nn.functional.pad(vectors, (1, 0)))  # [batch, dim, time + 1]

    def score(self, states, items):
        return (states * self.item(items).transpose(1, 2)).sum(1) + self.bias(items).squeeze(2)


def spotlight_sequence(representation, dim, batch, sequences, length, itemCount):
    rows = ids(sequences).reshape(-1, length)
    network = SequenceNetwork(representation, dim, itemCount + 1)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01, weight_decay=6e-6)

    def epoch():
        order = np.random.permutation(len(rows))
        for start in range(0, len(order), batch):
            chosen = torch.from_numpy(rows[order[start : start + batch]])
            states = network.states(chosen)[:, :, :-1]
            positive = network.score(states, chosen)
            drawn = torch.from_numpy(np.random.randint(0, itemCount + 1, (5 * chosen.shape[0], length)))
            hardest = network.score(states.repeat(5, 1, 1), drawn).view(5, chosen.shape[0], length).max(0)[0]
            mask = (chosen != 0).float()
            value = (torch.clamp(hardest - positive + 1, min=0) * mask).sum() / mask.sum()
            optimizer.zero_grad()
            value.backward()
            optimizer.step()

    return {"PyTorch, as Spotlight": lambda: timed(epoch)}


def spotlight_mrr(dim, sequences, length, itemCount):
    from scipy.stats import rankdata

    rows = ids(sequences).reshape(-1, length)
    network = SequenceNetwork("lstm", dim, itemCount + 1)
    every = torch.arange(itemCount + 1).view(1, -1)

    def ask():
        ranks = []
        with torch.no_grad():
            for row in rows:
                before, target = row[:-1], row[-1]
                state = network.states(torch.from_numpy(before).view(1, -1))[:, :, -1:]
                scores = -network.score(state.expand(-1, -1, itemCount + 1), every).numpy().flatten()
                scores[before] = np.finfo(np.float32).max
                ranks.append(1.0 / rankdata(scores)[target])
        return np.mean(ranks)

    return {"PyTorch, as Spotlight": lambda: timed(ask)}


class MultVae(torch.nn.Module):
    def __init__(self, items):
        super().__init__()
        self.encoder = torch.nn.ModuleList([torch.nn.Linear(items, 600), torch.nn.Linear(600, 400)])
        self.decoder = torch.nn.ModuleList([torch.nn.Linear(200, 600), torch.nn.Linear(600, items)])
        for layer in (*self.encoder, *self.decoder):
            torch.nn.init.xavier_uniform_(layer.weight)
            torch.nn.init.normal_(layer.bias, 0, 1e-3)

    def forward(self, clicks):
        hidden = torch.nn.functional.dropout(torch.nn.functional.normalize(clicks), 0.5)
        mean, log_variance = self.encoder[1](torch.tanh(self.encoder[0](hidden))).split(200, 1)
        code = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
        scores = self.decoder[1](torch.tanh(self.decoder[0](code)))
        penalty = -0.5 * (1 + log_variance - mean.pow(2) - log_variance.exp()).sum(1).mean()
        return -(torch.log_softmax(scores.float(), 1) * clicks).sum(1).mean() + 0.2 * penalty


def mult_vae(precision, batch, itemCount, offsets, items, variant=None):
    from scipy.sparse import csr_matrix

    offsets, items = ids(offsets), ids(items)
    people = csr_matrix((np.ones(len(items), dtype=np.float32), items, offsets), shape=(len(offsets) - 1, itemCount))

    def epochs(compiled):
        network = MultVae(itemCount)
        optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
        step = torch.compile(network) if compiled else network

        def epoch():
            order = np.random.permutation(people.shape[0])
            for start in range(0, len(order), batch):
                clicks = torch.from_numpy(people[order[start : start + batch]].toarray())
                optimizer.zero_grad()
                with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
                    value = step(clicks)
                value.backward()
                optimizer.step()

        return lambda: timed(epoch) * batch / len(offsets[1:])

    return {f"PyTorch, {each}": epochs(each == "compiled") for each in ([variant] if variant else ["eager", "compiled"])}


def numpy_ranking(userCount, itemCount, dim, history, targets):
    seen, wanted = (ids(path).reshape(userCount, -1) for path in (history, targets))
    users, items = (np.random.randn(count, dim).astype(np.float32) / dim for count in (userCount, itemCount))
    discounts = 1.0 / np.log2(np.arange(2, 102))

    def recall(scores, relevant, k):
        best = np.argpartition(-scores, k, axis=1)[:, :k]
        hits = np.take_along_axis(relevant, best, axis=1).sum(axis=1)
        return hits / np.minimum(k, relevant.sum(axis=1))

    def ndcg(scores, relevant, k):
        rows = np.arange(len(scores))[:, None]
        best = np.argpartition(-scores, k, axis=1)[:, :k]
        best = best[rows, np.argsort(-scores[rows, best], axis=1)]
        gains = (relevant[rows, best] * discounts).sum(axis=1)
        return gains / np.array([discounts[: min(n, k)].sum() for n in relevant.sum(axis=1)])

    def rank():
        for start in range(0, userCount, 500):
            rows = np.arange(min(500, userCount - start))[:, None]
            scores = users[start : start + 500] @ items.T
            scores[rows, seen[start : start + 500]] = -np.inf
            relevant = np.zeros(scores.shape, dtype=bool)
            relevant[rows, wanted[start : start + 500]] = True
            ndcg(scores, relevant, 100), recall(scores, relevant, 20), recall(scores, relevant, 50)

    return {"numpy, as vae_cf": lambda: timed(rank)}


def implicit_ranking(userCount, itemCount, dim, history, targets):
    """Lists of 100 alone, without the metrics."""
    try:
        from implicit.cpu.topk import topk
        from scipy.sparse import csr_matrix
    except ImportError:
        return {}
    seen = ids(history).reshape(userCount, -1)
    users, items = (np.random.randn(count, dim).astype(np.float32) / dim for count in (userCount, itemCount))
    entries = (np.ones(seen.size, dtype=np.float32), seen.ravel(), np.arange(0, seen.size + 1, seen.shape[1]))
    known = csr_matrix(entries, shape=(userCount, itemCount))
    return {"implicit, lists alone": lambda: timed(lambda: topk(items, users, 100, filter_query_items=known, num_threads=torch.get_num_threads()))}


works = {
    "product": product,
    "spotlight-factorization": spotlight_factorization,
    "lightfm": lightfm,
    "implicit-bpr": lambda loss, negatives, batch, **rest: implicit_model("bpr", **rest),
    "implicit-als": lambda **sizes: implicit_model("als", **sizes),
    "spotlight-sequence": spotlight_sequence,
    "spotlight-mrr": spotlight_mrr,
    "mult-vae": mult_vae,
    "numpy-ranking": numpy_ranking,
    "implicit-ranking": implicit_ranking,
}
prepared = {}
for line in sys.stdin:
    request = json.loads(line)
    if "prepare" in request:
        prepared = {}
        sizes = dict(request["prepare"])
        prepared = works[sizes.pop("work")](**sizes)
        print(json.dumps({name: 0 for name in prepared}), flush=True)
    elif "peak" in request:
        print(json.dumps({"peakBytes": peak_bytes()}), flush=True)
    else:
        print(json.dumps({name: work() for name, work in prepared.items()}), flush=True)
