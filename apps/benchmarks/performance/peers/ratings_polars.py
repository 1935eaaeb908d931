"""Reads ratings with polars, and prepares them for the Mult-VAE in expressions."""

import numpy as np
import polars as pl

from ratings_common import SEED, TARGETS, create_work, group_by_user

COLUMNS = ["userId", "movieId"]


def ratings(task, path, heldOut):
    return create_work(pl, task, pl.read_csv, prepare, path, heldOut)


def prepare(path, held_out):
    """As many targets per user as the notebook, but other draws: polars has no expression for those of numpy."""
    rows = pl.read_csv(path).lazy().filter(pl.col("rating") > 3.5)
    rows = rows.filter(pl.len().over("userId") >= 5).select(COLUMNS).collect()
    users = rows.select(pl.col("userId").unique().sort()).to_series()
    users = users.to_numpy()[np.random.RandomState(SEED).permutation(len(users))]
    first = users.size - 2 * held_out
    subset = np.zeros(users.size, dtype=np.int8)
    subset[first : first + held_out] = 1
    subset[first + held_out :] = 2
    user_ids = pl.DataFrame({"userId": users, "user": np.arange(users.size, dtype=np.int32), "subset": subset})
    rows = rows.join(user_ids, on="userId", maintain_order="left")
    train = rows.filter(pl.col("subset") == 0)
    items = train.select(pl.col("movieId").unique(maintain_order=True)).with_row_index("item")
    rows = rows.join(items, on="movieId", maintain_order="left").select("user", "item", "subset")
    place = pl.int_range(pl.len()).shuffle(seed=SEED).over("user")
    count = pl.len().over("user")
    target_count = pl.when(count < 5).then(0).otherwise((TARGETS * count).floor())
    held = rows.filter(pl.col("subset") > 0).with_columns(target=place < target_count)
    frames = [rows.filter(pl.col("subset") == 0)]
    frames += [
        held.filter((pl.col("subset") == which) & (pl.col("target") == target))
        for which in (1, 2)
        for target in (False, True)
    ]
    return [group_by_user(each["user"].to_numpy(), each["item"].to_numpy(), users.size) for each in frames], None
