"""Epochs and MRR of sequence models in PyTorch, as Spotlight computes them."""

import numpy as np
from scipy.stats import rankdata

from common import read_ids, time_call
from spotlight_factorization import scaled_embedding, zero_embedding
from threaded_torch import torch


class Lstm(torch.nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.layer = torch.nn.LSTM(dim, dim, batch_first=True)

    def forward(self, x):  # [batch, dim, time + 1], starts with zeros
        return self.layer(x.transpose(1, 2))[0].transpose(1, 2)


class MultiplicativeLstm(torch.nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.inputs, self.input_factor = torch.nn.Linear(dim, 4 * dim), torch.nn.Linear(dim, dim)
        self.states, self.state_factor = torch.nn.Linear(dim, 4 * dim), torch.nn.Linear(dim, dim)
        self.start = torch.nn.Parameter(torch.randn(dim) / dim)

    def forward(self, x):
        x = x[:, :, 1:].transpose(1, 2)  # the first state is learned
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


REPRESENTATIONS = {"lstm": Lstm, "mlstm": MultiplicativeLstm, "cnn": Convolution, "pooling": Pooling}


class SequenceNetwork(torch.nn.Module):
    """States before each item and after the last one, scored with vectors and biases of items."""

    def __init__(self, representation, dim, item_count):
        super().__init__()
        self.item = scaled_embedding(item_count, dim, padding_idx=0)
        self.bias = zero_embedding(item_count, padding_idx=0)
        self.representation = REPRESENTATIONS[representation](dim)

    def states(self, sequences):
        vectors = self.item(sequences).transpose(1, 2)  # [batch, dim, time]
        return self.representation(torch.nn.functional.pad(vectors, (1, 0)))  # [batch, dim, time + 1]

    def score(self, states, items):
        return (states * self.item(items).transpose(1, 2)).sum(1) + self.bias(items).squeeze(2)


def sequence(representation, dim, batch, sequences, length, itemCount):
    rows = read_ids(sequences).reshape(-1, length)
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

    return {"PyTorch, as Spotlight": lambda: time_call(epoch)}


def mrr(dim, sequences, length, itemCount):
    rows = read_ids(sequences).reshape(-1, length)
    network = SequenceNetwork("lstm", dim, itemCount + 1)
    all_items = torch.arange(itemCount + 1).view(1, -1)

    def evaluate():
        ranks = []
        with torch.no_grad():
            for row in rows:
                before, target = row[:-1], row[-1]
                state = network.states(torch.from_numpy(before).view(1, -1))[:, :, -1:]
                scores = -network.score(state.expand(-1, -1, itemCount + 1), all_items).numpy().flatten()
                scores[before] = np.finfo(np.float32).max
                ranks.append(1.0 / rankdata(scores)[target])
        return np.mean(ranks)

    return {"PyTorch, as Spotlight": lambda: time_call(evaluate)}
