"""Recurrent layers in PyTorch, forward and backward."""

from common import time_call
from threaded_torch import torch


class MultiplicativeLstm(torch.nn.Module):
    """A loop over the steps, as in mLSTM4Reco: PyTorch has no multiplicative LSTM."""

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


LAYERS = {
    "lstm": lambda dim: torch.nn.LSTM(dim, dim, batch_first=True),
    "mLstm": MultiplicativeLstm,
    "gru": lambda dim: torch.nn.GRU(dim, dim, batch_first=True),
}


def recurrent_layer(layer, batch, time, dim):
    module = LAYERS[layer](dim)
    x, gradient = torch.randn(batch, time, dim, requires_grad=True), torch.randn(batch, time, dim)

    def run(one_dnn):
        with torch.backends.mkldnn.flags(enabled=one_dnn):
            return time_call(lambda: module(x)[0].backward(gradient))

    if layer != "lstm":
        return {"PyTorch": lambda: run(True)}
    # PyTorch has two implementations of the LSTM: its own and that of oneDNN.
    return {"PyTorch": lambda: run(False), "PyTorch, oneDNN": lambda: run(True)}
