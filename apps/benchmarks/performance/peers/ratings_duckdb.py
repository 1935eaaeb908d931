"""Reads ratings into a table of duckdb."""

import duckdb

from ratings_common import create_work


def ratings(task, path, heldOut):
    return create_work(duckdb, task, read, None, path, heldOut)


def read(path):
    connection = duckdb.connect()
    connection.execute("create table ratings as from read_csv(?)", [path])
    return connection.table("ratings")
