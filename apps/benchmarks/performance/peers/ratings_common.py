"""Shared by the dataframe libraries: one read or preparation of a file of ratings."""

import time

import numpy as np

SEED = 98765
TARGETS = 0.2


def create_work(library, task, read, prepare, path, held_out):
    """The name of the library with its version, and a function that does the task once."""

    def run():
        start = time.perf_counter()
        if task == "read":
            outcome = {"rows": len(read(path))}
        else:
            arrays, checksum = prepare(path, held_out)
            outcome = {"rows": sum(len(items) for _, items in arrays)}
            if checksum is not None:
                outcome["checksum"] = checksum
        return {"seconds": time.perf_counter() - start, **outcome}

    return {f"{library.__name__} {library.__version__}": run}


def group_by_user(users, items, user_count):
    """The rows of a sparse matrix: items, and the offset of each user."""
    order = np.argsort(users, kind="stable")
    offsets = np.concatenate([[0], np.cumsum(np.bincount(users, minlength=user_count))])
    return offsets, items[order]


def compute_checksum(users, items):
    return int(((users.astype("int64") + 1) * (items.astype("int64") + 1)).sum())
