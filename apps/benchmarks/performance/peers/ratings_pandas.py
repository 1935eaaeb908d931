"""Reads ratings with pandas, and prepares them as the published notebook of Liang et al. (WWW 2018) does."""

import zipfile

import numpy as np
import pandas as pd

from ratings_common import SEED, TARGETS, compute_checksum, create_work, group_by_user


def ratings(task, path, heldOut):
    return create_work(pd, task, read, prepare, path, heldOut)


def read(path):
    if not path.endswith(".zip"):
        return pd.read_csv(path)
    with zipfile.ZipFile(path) as archive, archive.open("ml-20m/ratings.csv") as file:
        return pd.read_csv(file)


def prepare(path, held_out):
    """The steps of the notebook: a group and a draw per held-out user."""
    rows = read(path)
    rows = rows[rows["rating"] > 3.5]
    counts = rows.groupby("userId").size()
    rows = rows[rows["userId"].isin(counts.index[counts >= 5])]
    users = counts.index[counts >= 5].to_numpy()
    np.random.seed(SEED)
    users = users[np.random.permutation(users.size)]
    train_users, validation_users, test_users = np.split(users, [users.size - 2 * held_out, users.size - held_out])
    train = rows[rows["userId"].isin(train_users)]
    items = pd.unique(train["movieId"])
    user_ids = {user: index for index, user in enumerate(users)}
    item_ids = {item: index for index, item in enumerate(items)}
    subsets = [train, *split(rows, validation_users, items), *split(rows, test_users, items)]
    dense = [(each["userId"].map(user_ids).to_numpy(), each["movieId"].map(item_ids).to_numpy()) for each in subsets]
    return [group_by_user(*each, users.size) for each in dense], compute_checksum(*dense[2])


def split(rows, users, items):
    """History and targets of held-out users."""
    held_out = rows[rows["userId"].isin(users) & rows["movieId"].isin(items)]
    history, targets = [], []
    np.random.seed(SEED)
    for _, group in held_out.groupby("userId"):
        count = len(group)
        if count < 5:
            history.append(group)
            continue
        is_target = np.zeros(count, dtype=bool)
        is_target[np.random.choice(count, size=int(TARGETS * count), replace=False).astype("int64")] = True
        history.append(group[~is_target])
        targets.append(group[is_target])
    return [pd.concat(history), pd.concat(targets)]
