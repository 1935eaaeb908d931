"""Rankings and metrics in numpy, as the notebook of the Mult-VAE (vae_cf) computes them."""

import numpy as np

from common import read_ids, time_call


def ranking(userCount, itemCount, dim, history, targets):
    seen, relevant_items = (read_ids(path).reshape(userCount, -1) for path in (history, targets))
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
            relevant[rows, relevant_items[start : start + 500]] = True
            ndcg(scores, relevant, 100), recall(scores, relevant, 20), recall(scores, relevant, 50)

    return {"numpy, as vae_cf": lambda: time_call(rank)}
