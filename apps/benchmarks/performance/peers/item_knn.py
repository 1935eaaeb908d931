"""Nearest neighbors of items and rankings with scipy's sparse products, in pieces that fit into memory.

The product is scipy's, which has one thread; the rest is numpy. What the rows of a product lack is 0, as in Footlight.
"""

import numpy as np
from scipy.sparse import csr_matrix

from common import read_ids, time_call

ITEMS, USERS = 1024, 512  # rows of a piece


def solve(chosen, neighbors):
    """[item, item]: the cosine similarities of each item to its nearest others."""
    counts = np.asarray(chosen.sum(axis=0)).ravel()
    scales = np.zeros_like(counts)
    np.divide(1, np.sqrt(counts), out=scales, where=counts > 0)
    scaled = chosen.multiply(scales).tocsr()
    transposed = scaled.T.tocsr()
    data, columns, lengths = [], [], []
    for start in range(0, chosen.shape[1], ITEMS):
        piece = transposed[start : start + ITEMS] @ scaled
        for row in range(piece.shape[0]):
            begin, end = piece.indptr[row], piece.indptr[row + 1]
            others, values = piece.indices[begin:end], piece.data[begin:end]
            others, values = others[others != start + row], values[others != start + row]
            if len(values) > neighbors:
                best = np.argpartition(-values, neighbors - 1)[:neighbors]
                others, values = others[best], values[best]
            data.append(values), columns.append(others), lengths.append(len(values))
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    return csr_matrix((np.concatenate(data), np.concatenate(columns), offsets), shape=(chosen.shape[1],) * 2)


def rank(chosen, lists, relevant, at=20):
    """Recall and NDCG of the best unseen items."""
    towards = lists.T.tocsr()
    discounts = 1 / np.log2(np.arange(2, at + 2))
    recalls, gains = [], []
    for start in range(0, chosen.shape[0], USERS):
        seen, hidden = chosen[start : start + USERS], relevant[start : start + USERS]
        scores = (seen @ towards).toarray()
        scores[seen.nonzero()] = -np.inf
        rows = np.arange(len(scores))[:, None]
        best = np.argpartition(-scores, at, axis=1)[:, :at]
        best = best[rows, np.argsort(-scores[rows, best], axis=1, kind="stable")]
        hits = np.asarray(hidden[rows, best].todense()) > 0
        counts = np.diff(hidden.indptr)
        tested = counts > 0
        ideal = np.concatenate([[0], np.cumsum(discounts)])[np.minimum(counts, at)]
        recalls.append((hits.sum(axis=1) / np.maximum(1, counts))[tested])
        gains.append((hits @ discounts / np.maximum(1e-9, ideal))[tested])
    return np.concatenate(recalls).mean(), np.concatenate(gains).mean()


def neighborhoods(userCount, itemCount, neighbors, users, items, testUsers, testItems):
    def read(users, items):
        users, items = read_ids(users), read_ids(items)
        matrix = csr_matrix((np.ones(len(users), dtype=np.float32), (users, items)), shape=(userCount, itemCount))
        matrix.data[:] = 1  # repeated choices count once
        return matrix

    chosen, relevant = read(users, items), read(testUsers, testItems)
    return {"scipy": lambda: time_call(lambda: rank(chosen, solve(chosen, neighbors), relevant))}
