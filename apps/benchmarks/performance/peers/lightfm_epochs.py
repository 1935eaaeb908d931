"""Epochs of LightFM."""

import numpy as np
from lightfm import LightFM
from scipy.sparse import coo_matrix

from common import THREADS, read_ids, time_call


def epoch(loss, negatives, dim, batch, userCount, itemCount, users, items):
    users, items = read_ids(users), read_ids(items)
    ones = np.ones(len(users), dtype=np.float32)
    interactions = coo_matrix((ones, (users, items)), shape=(userCount, itemCount))
    model = LightFM(no_components=dim, loss="warp" if loss == "warp" else "bpr", max_sampled=negatives)
    # `fit_partial` continues training; before an epoch it only creates two identity matrices. LightFM always trains
    # with Adagrad.
    fit = lambda: model.fit_partial(interactions, epochs=1, num_threads=THREADS)
    return {"LightFM, Adagrad": lambda: time_call(fit)}
