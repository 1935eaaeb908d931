# Forward and backward through recurrent layers of PyTorch as long as lines "layer batch time dim" come; answers with milliseconds. Started by sequence.mjs.
# PyTorch has two implementations of the LSTM, its own and oneDNN's, and no multiplicative one: that is a loop over the steps, as in mLSTM4Reco.
import sys
import time

import torch

torch.set_num_threads(int(sys.argv[1]))


class MultiplicativeLstm(torch.nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.gates, self.multiplier = torch.nn.Linear(dim, 4 * dim), torch.nn.Linear(dim, dim)
        self.recurrent, self.factor = torch.nn.Linear(dim, 4 * dim, bias=False), torch.nn.Linear(dim, dim)

    def forward(self, x):
        gates, multiplier = self.gates(x), self.multiplier(x)
        hidden = cell = torch.zeros(x.shape[0], x.shape[2])
        states = []
        for step in range(x.shape[1]):
            sums = gates[:, step] + self.recurrent(multiplier[:, step] * self.factor(hidden))
            i, f, g, o = sums.chunk(4, 1)
            cell = torch.sigmoid(f) * cell + torch.sigmoid(i) * torch.tanh(g)
            hidden = torch.sigmoid(o) * torch.tanh(cell)
            states.append(hidden)
        return torch.stack(states, 1), None


layers = {
    'lstm': lambda dim: torch.nn.LSTM(dim, dim, batch_first=True),
    'mLstm': MultiplicativeLstm,
    'gru': lambda dim: torch.nn.GRU(dim, dim, batch_first=True),
}
made = {}

for line in sys.stdin:
    name, *sizes = line.split()
    batch, steps, dim = map(int, sizes)
    if (name, dim) not in made:
        made[name, dim] = layers[name](dim), torch.randn(batch, steps, dim, requires_grad=True), torch.randn(batch, steps, dim)
    layer, x, slopes = made[name, dim]
    answers = []
    for own in (True, False) if name == 'lstm' else (False,):
        with torch.backends.mkldnn.flags(enabled=not own):
            began = time.perf_counter()
            layer(x)[0].backward(slopes)
            answers.append(1000 * (time.perf_counter() - began))
    print(*answers, flush=True)
