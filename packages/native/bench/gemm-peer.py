# Multiplies with PyTorch and numpy as long as lines "precision m n k" come; answers with GFLOP/s of each. Started by gemm.mjs.
import sys
import time

import numpy
import torch

torch.set_num_threads(int(sys.argv[1]))
for line in sys.stdin:
    precision, *sizes = line.split()
    m, n, k = map(int, sizes)
    dtype = torch.bfloat16 if precision == 'bf16' else torch.float32
    a, b, c = (torch.rand(shape).to(dtype) for shape in ((m, k), (k, n), (m, n)))
    peers = [lambda: torch.mm(a, b, out=c)]
    if precision == 'fp32':
        x, y, z = a.numpy(), b.numpy(), c.numpy()
        peers.append(lambda: numpy.matmul(x, y, out=z))
    answers = []
    for peer in peers:
        peer()
        repeats = max(1, int(4e9 / (2 * m * n * k)))
        began = time.perf_counter()
        for _ in range(repeats):
            peer()
        answers.append(2e-9 * m * n * k * repeats / (time.perf_counter() - began))
    print(*answers, flush=True)
