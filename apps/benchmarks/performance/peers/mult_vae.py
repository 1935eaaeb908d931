"""Training steps of a Mult-VAE in PyTorch."""

import numpy as np
from scipy.sparse import csr_matrix

from common import read_ids, time_call
from threaded_torch import torch


class MultVae(torch.nn.Module):
    def __init__(self, items):
        super().__init__()
        self.encoder = torch.nn.ModuleList([torch.nn.Linear(items, 600), torch.nn.Linear(600, 400)])
        self.decoder = torch.nn.ModuleList([torch.nn.Linear(200, 600), torch.nn.Linear(600, items)])
        for layer in (*self.encoder, *self.decoder):
            torch.nn.init.xavier_uniform_(layer.weight)
            torch.nn.init.normal_(layer.bias, 0, 1e-3)

    def forward(self, clicks):
        hidden = torch.nn.functional.dropout(torch.nn.functional.normalize(clicks), 0.5)
        mean, log_variance = self.encoder[1](torch.tanh(self.encoder[0](hidden))).split(200, 1)
        code = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
        scores = self.decoder[1](torch.tanh(self.decoder[0](code)))
        penalty = -0.5 * (1 + log_variance - mean.pow(2) - log_variance.exp()).sum(1).mean()
        return -(torch.log_softmax(scores.float(), 1) * clicks).sum(1).mean() + 0.2 * penalty


def step(precision, batch, itemCount, offsets, items, variant=None):
    offsets, items = read_ids(offsets), read_ids(items)
    users = csr_matrix((np.ones(len(items), dtype=np.float32), items, offsets), shape=(len(offsets) - 1, itemCount))

    def create_epoch(compiled):
        network = MultVae(itemCount)
        optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
        compute_loss = torch.compile(network) if compiled else network

        def epoch():
            order = np.random.permutation(users.shape[0])
            for start in range(0, len(order), batch):
                clicks = torch.from_numpy(users[order[start : start + batch]].toarray())
                optimizer.zero_grad()
                with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
                    value = compute_loss(clicks)
                value.backward()
                optimizer.step()

        return lambda: time_call(epoch) * batch / len(offsets[1:])

    variants = [variant] if variant else ["eager", "compiled"]
    return {f"PyTorch, {each}": create_epoch(each == "compiled") for each in variants}
