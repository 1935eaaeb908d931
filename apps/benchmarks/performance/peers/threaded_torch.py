"""PyTorch with the number of threads of the benchmark."""

import torch

from common import THREADS

torch.set_num_threads(THREADS)
