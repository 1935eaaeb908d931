"""Shared by all peers: threads, files of ids, time and memory."""

import pathlib
import re
import resource
import sys
import time

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else 1


def read_ids(path):
    import numpy as np

    return np.fromfile(path, dtype=np.int32).astype(np.int64)


def time_call(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_bytes():
    """Peak memory of this process alone: on Linux `getrusage` starts with the peak of the parent process."""
    status = pathlib.Path("/proc/self/status")
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.M) if status.exists() else None
    if found:
        return 1024 * int(found[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
