"""Works for the tests of the harness."""

import time

from common import THREADS, time_call


def sleep(seconds):
    return {f"sleep, {THREADS} threads": lambda: time_call(lambda: time.sleep(seconds))}


def missing_package():
    import footlight_has_no_such_package

    return {"missing package": footlight_has_no_such_package}
