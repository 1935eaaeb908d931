"""Matrix products with PyTorch and numpy."""

import numpy as np

from common import time_call
from threaded_torch import torch


def product(precision, m, k, n, repeats):
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    a, b, c = (torch.rand(shape).to(dtype) for shape in ((m, k), (k, n), (m, n)))

    def repeat(multiply):
        def run():
            for _ in range(repeats):
                multiply()

        return lambda: time_call(run) / repeats

    works = {"PyTorch": repeat(lambda: torch.mm(a, b, out=c))}
    if precision == "fp32":
        x, y, z = a.numpy(), b.numpy(), c.numpy()
        works["numpy (OpenBLAS)"] = repeat(lambda: np.matmul(x, y, out=z))
    return works
