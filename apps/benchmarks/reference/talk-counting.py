"""The counting sequences of the talk: an independent implementation in PyTorch.

    pip install torch numpy
    python apps/benchmarks/reference/talk-counting.py 1 2 3 4 5

Prints the sampled MRR for each seed: of pooling, of the LSTM that reads a step of zeros first, as in the talk, and of
an LSTM that starts with the first item. All users have the sequence 1 to 20, so one sequence is trained, with other
negatives for each of a batch of 64. No user has item 0; its vector and bias stay 0.
"""

import sys

import numpy as np
import torch

ITEMS, DIM, BATCH, STEPS, RATE, SAMPLES = 21, 128, 64, 160, 1e-3, 200
INPUTS = torch.arange(20)  # 0 is padding
TARGETS = torch.arange(1, 21)


def encode(kind, vectors, lstm):
    inputs = vectors(INPUTS)[None]  # [1, time, dim]; that of item 0 is zero
    if kind == "pooling":
        return inputs.cumsum(1)
    if kind == "lstm":
        return lstm(inputs)[0]
    return torch.cat([torch.zeros(1, 1, DIM), lstm(inputs[:, 1:])[0]], 1)


def train(kind, seed):
    torch.manual_seed(seed)
    random = np.random.RandomState(seed)
    vectors = torch.nn.Embedding(ITEMS, DIM, padding_idx=0)
    biases = torch.nn.Embedding(ITEMS, 1, padding_idx=0)
    with torch.no_grad():
        vectors.weight.normal_(0, 1 / DIM)[0] = 0
        biases.weight.zero_()
    lstm = torch.nn.LSTM(DIM, DIM, batch_first=True)
    optimizer = torch.optim.Adam([*vectors.parameters(), *biases.parameters(), *lstm.parameters()], lr=RATE)
    for _ in range(STEPS):
        states = encode(kind, vectors, lstm)
        negatives = torch.from_numpy(random.randint(0, ITEMS, (BATCH, 20)))
        score = lambda items: (states * vectors(items)).sum(-1) + biases(items)[..., 0]
        loss = torch.sigmoid(score(negatives) - score(TARGETS[None])).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        scores = encode(kind, vectors, lstm)[0] @ vectors.weight.T + biases.weight.T  # [time, item]
    return compute_sampled_mrr(scores, random)


def compute_sampled_mrr(scores, random):
    own = scores[torch.arange(20), TARGETS][:, None]
    draws = [torch.from_numpy(random.randint(0, ITEMS, (20, SAMPLES))) for _ in range(100)]
    return np.mean([(1 / (1 + (scores.gather(1, drawn) > own).sum(1))).mean().item() for drawn in draws])


for kind in ("pooling", "lstm", "lstm without the step of zeros"):
    print(kind, " ".join(f"{train(kind, int(seed)):.3f}" for seed in sys.argv[1:]), flush=True)
