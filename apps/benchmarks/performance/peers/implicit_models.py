"""BPR, alternating least squares and rankings of implicit."""

import implicit
import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

from common import THREADS, read_ids, time_call


def read_interactions(userCount, itemCount, users, items):
    users, items = read_ids(users), read_ids(items)
    ones = np.ones(len(users), dtype=np.float32)
    return coo_matrix((ones, (users, items)), shape=(userCount, itemCount)).tocsr()


def bpr(loss, negatives, dim, batch, **data):
    interactions = read_interactions(**data)

    def fit():
        """Seconds per equal count of updates: implicit skips draws whose negative is a positive, over 25 % here."""
        epochs = []
        model = implicit.bpr.BayesianPersonalizedRanking(factors=dim, iterations=3, num_threads=THREADS)
        add = lambda _, seconds, correct, skipped: epochs.append(seconds / (1 - skipped / interactions.nnz))
        model.fit(interactions, show_progress=False, callback=add)
        return np.mean(epochs[1:])

    return {"implicit, by updates": fit}


def als(dim, **data):
    interactions = read_interactions(**data)

    def fit():
        iterations = []
        model = implicit.als.AlternatingLeastSquares(factors=dim, iterations=3, num_threads=THREADS)
        model.fit(interactions, show_progress=False, callback=lambda _, seconds, loss: iterations.append(seconds))
        return np.mean(iterations[1:])

    return {"implicit": fit}


def ranking(userCount, itemCount, dim, history, targets):
    """Lists of 100 without the metrics."""
    from implicit.cpu.topk import topk

    seen = read_ids(history).reshape(userCount, -1)
    users, items = (np.random.randn(count, dim).astype(np.float32) / dim for count in (userCount, itemCount))
    entries = (np.ones(seen.size, dtype=np.float32), seen.ravel(), np.arange(0, seen.size + 1, seen.shape[1]))
    known = csr_matrix(entries, shape=(userCount, itemCount))
    rank = lambda: topk(items, users, 100, filter_query_items=known, num_threads=THREADS)
    return {"implicit, lists alone": lambda: time_call(rank)}
