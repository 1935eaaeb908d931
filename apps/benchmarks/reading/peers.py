"""One measurement in a process of its own: peers.py <pandas|polars|duckdb> <read|prepare> <file>."""

import importlib
import json
import resource
import sys
import time
import zipfile

import numpy as np

SEED = 98765
HELD_OUT = 10_000
TARGETS = 0.2
COLUMNS = ["userId", "movieId"]


def read_pandas(path):
    if not path.endswith(".zip"):
        return library.read_csv(path)
    with zipfile.ZipFile(path) as archive, archive.open("ml-20m/ratings.csv") as file:
        return library.read_csv(file)


def read_polars(path):
    return library.read_csv(path)


def read_duckdb(path):
    connection = library.connect()
    connection.execute("create table ratings as from read_csv(?)", [path])
    return connection.table("ratings")


def prepare_pandas(path):
    """The steps of the notebook of Liang et al. (WWW 2018): a group and a draw per held-out user."""
    pd = library
    ratings = read_pandas(path)
    ratings = ratings[ratings["rating"] > 3.5]
    counts = ratings.groupby("userId").size()
    ratings = ratings[ratings["userId"].isin(counts.index[counts >= 5])]
    users = counts.index[counts >= 5].to_numpy()
    np.random.seed(SEED)
    users = users[np.random.permutation(users.size)]
    train_users, validation_users, test_users = np.split(users, [users.size - 2 * HELD_OUT, users.size - HELD_OUT])
    train = ratings[ratings["userId"].isin(train_users)]
    items = pd.unique(train["movieId"])
    user_ids = {user: at for at, user in enumerate(users)}
    item_ids = {item: at for at, item in enumerate(items)}

    def fold_in(held_users):
        held = ratings[ratings["userId"].isin(held_users) & ratings["movieId"].isin(items)]
        history, targets = [], []
        np.random.seed(SEED)
        for _, group in held.groupby("userId"):
            count = len(group)
            if count < 5:
                history.append(group)
                continue
            chosen = np.zeros(count, dtype=bool)
            chosen[np.random.choice(count, size=int(TARGETS * count), replace=False).astype("int64")] = True
            history.append(group[~chosen])
            targets.append(group[chosen])
        return [pd.concat(history), pd.concat(targets)]

    parts = [train, *fold_in(validation_users), *fold_in(test_users)]
    numbered = [(part["userId"].map(user_ids).to_numpy(), part["movieId"].map(item_ids).to_numpy()) for part in parts]
    return [by_user(*part, users.size) for part in numbered], checksum_of(*numbered[2])


def prepare_polars(path):
    """The same steps in expressions. As many targets per user, but not numpy's draws: there is no expression for those."""
    pl = library
    ratings = read_polars(path).lazy().filter(pl.col("rating") > 3.5).filter(pl.len().over("userId") >= 5).select(COLUMNS).collect()
    users = ratings.select(pl.col("userId").unique().sort()).to_series()
    users = users.to_numpy()[np.random.RandomState(SEED).permutation(len(users))]
    first = users.size - 2 * HELD_OUT
    part = np.zeros(users.size, dtype=np.int8)
    part[first : first + HELD_OUT] = 1
    part[first + HELD_OUT :] = 2
    user_ids = pl.DataFrame({"userId": users, "user": np.arange(users.size, dtype=np.int32), "part": part})
    ratings = ratings.join(user_ids, on="userId", maintain_order="left")
    train = ratings.filter(pl.col("part") == 0)
    items = train.select(pl.col("movieId").unique(maintain_order=True)).with_row_index("item")
    ratings = ratings.join(items, on="movieId", maintain_order="left").select("user", "item", "part")
    place = pl.int_range(pl.len()).shuffle(seed=SEED).over("user")
    asked = pl.when(pl.len().over("user") < 5).then(0).otherwise((TARGETS * pl.len().over("user")).floor())
    held = ratings.filter(pl.col("part") > 0).with_columns(target=place < asked)
    frames = [ratings.filter(pl.col("part") == 0)]
    frames += [held.filter((pl.col("part") == part) & (pl.col("target") == target)) for part in (1, 2) for target in (False, True)]
    return [by_user(frame["user"].to_numpy(), frame["item"].to_numpy(), users.size) for frame in frames], None


def by_user(users, items, user_count):
    """The rows of a sparse matrix: items, and where each user's begin."""
    order = np.argsort(users, kind="stable")
    offsets = np.concatenate([[0], np.cumsum(np.bincount(users, minlength=user_count))])
    return offsets, items[order]


def checksum_of(users, items):
    return int(((users.astype("int64") + 1) * (items.astype("int64") + 1)).sum())


name, task, path = sys.argv[1:]
library = importlib.import_module(name)
begun = time.perf_counter()
if task == "read":
    frame = globals()[f"read_{name}"](path)
else:
    arrays, checksum = globals()[f"prepare_{name}"](path)
seconds = time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
outcome = {"rows": len(frame)} if task == "read" else {"rows": sum(len(items) for _, items in arrays)}
if task == "prepare" and checksum is not None:
    outcome["checksum"] = checksum
print(json.dumps({"seconds": seconds, "peakBytes": peak, "version": library.__version__, **outcome}))
