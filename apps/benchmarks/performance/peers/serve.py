"""Does the work of benchmark cases with other libraries: PyTorch, numpy, LightFM, implicit, pandas, polars, duckdb.

Reads one JSON request per line and answers each with one JSON line:

    {"prepare": {"work": …, …}}  prepares a work and releases the one before: names of the libraries that can do it
    {"run": true}                does the prepared work once: by name, an object with its seconds
    {"peak": true}               the most memory that this process held at one time, in bytes

A work whose package is not installed has no names, and a line on stderr says so. Started with the number of threads.
"""

import importlib
import json
import sys

from common import peak_bytes

# A work: the module and its function, which returns a dictionary of names to functions that do the work once and
# return seconds, or a dictionary with them.
WORKS = {
    "sleep": ("self_test", "sleep"),
    "missing-package": ("self_test", "missing_package"),
    "product": ("products", "product"),
    "recurrent-layer": ("recurrent_layers", "recurrent_layer"),
    "spotlight-factorization": ("spotlight_factorization", "factorization"),
    "spotlight-sequence": ("spotlight_sequences", "sequence"),
    "spotlight-mrr": ("spotlight_sequences", "mrr"),
    "lightfm": ("lightfm_epochs", "epoch"),
    "implicit-bpr": ("implicit_models", "bpr"),
    "implicit-als": ("implicit_models", "als"),
    "implicit-ranking": ("implicit_models", "ranking"),
    "item-knn": ("item_knn", "neighborhoods"),
    "sas-rec": ("sas_rec", "training"),
    "mult-vae": ("mult_vae", "step"),
    "light-gcn": ("light_gcn", "step"),
    "numpy-ranking": ("numpy_ranking", "ranking"),
    "ratings-pandas": ("ratings_pandas", "ratings"),
    "ratings-polars": ("ratings_polars", "ratings"),
    "ratings-duckdb": ("ratings_duckdb", "ratings"),
}


def prepare(work, **arguments):
    module, function = WORKS[work]
    try:
        return getattr(importlib.import_module(module), function)(**arguments)
    except ModuleNotFoundError as error:
        print(f"bench: skips {work} of the peers: {error}", file=sys.stderr)
        return {}


def run(work):
    outcome = work()
    return outcome if isinstance(outcome, dict) else {"seconds": outcome}


prepared = {}
for line in sys.stdin:
    request = json.loads(line)
    if "prepare" in request:
        prepared = {}  # release the memory of the work before
        prepared = prepare(**request["prepare"])
        answer = list(prepared)
    elif "peak" in request:
        answer = {"peakBytes": peak_bytes()}
    else:
        answer = {name: run(work) for name, work in prepared.items()}
    print(json.dumps(answer), flush=True)
