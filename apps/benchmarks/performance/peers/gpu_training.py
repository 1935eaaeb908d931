"""The works of `gpu/works.ts` in PyTorch, on synthetic data of the same sizes: `gpu_training.py cuda [tiny]`.

Prints a line per work: its name, a tab, and interactions per second, seconds per epoch or seconds per step.
"""

import sys
import time

import torch

device, tiny = torch.device(sys.argv[1]), "tiny" in sys.argv[2:]
dim = 8 if tiny else 128
users, items, interactions = (60, 40, 600) if tiny else (6040, 3706, 1_000_209)
click_users, click_items, clicks = (40, 200, 800) if tiny else (2000, 20_108, 146_000)
batches = (32, 256) if tiny else (1 << 12, 1 << 15, 1 << 18)
steps, lstm_batch, vae_batch = (10, 16, 20) if tiny else (100, 208, 500)


def measure(epoch):
    """Seconds of the second of two epochs."""
    for _ in range(2):
        if device.type == "cuda":
            torch.cuda.synchronize()
        start = time.perf_counter()
        epoch()
        if device.type == "cuda":
            torch.cuda.synchronize()
        seconds = time.perf_counter() - start
    return seconds


def bpr(batch):
    user, item = (torch.nn.Embedding(count, dim, sparse=True, device=device) for count in (users, items))
    optimizer = torch.optim.SparseAdam([user.weight, item.weight], lr=1e-3)
    rows = torch.randint(users, (interactions,)), torch.randint(items, (interactions,))

    def epoch():
        for chosen in torch.randperm(interactions).split(batch):
            query, positive = (ids[chosen].to(device) for ids in rows)
            negative = torch.randint(items, (len(chosen),)).to(device)
            vectors = user(query)
            margin = (vectors * (item(negative) - item(positive))).sum(1)
            loss = torch.nn.functional.softplus(margin).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss.item()

    return interactions / measure(epoch)


def lstm():
    windows = max(1, interactions // steps)
    data = torch.randint(items, (windows, steps))
    embedding = torch.nn.Embedding(items, dim, device=device)
    network = torch.nn.LSTM(dim, dim, batch_first=True, device=device)
    optimizer = torch.optim.Adam([*embedding.parameters(), *network.parameters()], lr=1e-3)

    def epoch():
        for chosen in torch.randperm(windows).split(lstm_batch):
            sequence = data[chosen].to(device)
            states, _ = network(embedding(sequence[:, :-1]))
            negative = torch.randint(items, (len(chosen), steps - 1)).to(device)
            margin = (states * (embedding(negative) - embedding(sequence[:, 1:]))).sum(2)
            loss = torch.nn.functional.softplus(margin).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss.item()

    return measure(epoch)


def mult_vae():
    linear = torch.nn.Linear
    encoder = torch.nn.ModuleList([linear(click_items, 600), linear(600, 400)]).to(device)
    decoder = torch.nn.ModuleList([linear(200, 600), linear(600, click_items)]).to(device)
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=1e-3)
    data = torch.zeros(click_users, click_items)
    data[torch.randint(click_users, (clicks,)), torch.randint(click_items, (clicks,))] = 1

    def epoch():
        for chosen in torch.randperm(click_users).split(vae_batch):
            basket = data[chosen].to(device)
            hidden = torch.nn.functional.dropout(torch.nn.functional.normalize(basket), 0.5)
            mean, log_variance = encoder[1](torch.tanh(encoder[0](hidden))).split(200, 1)
            code = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
            scores = decoder[1](torch.tanh(decoder[0](code)))
            penalty = -0.5 * (1 + log_variance - mean.pow(2) - log_variance.exp()).sum(1).mean()
            loss = -(torch.log_softmax(scores, 1) * basket).sum(1).mean() + 0.2 * penalty
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss.item()

    return measure(epoch) / -(-click_users // vae_batch)


works = {**{f"bpr-{batch}": lambda batch=batch: bpr(batch) for batch in batches}, "lstm": lstm, "mult-vae": mult_vae}
for name, work in works.items():
    print(f"{name}\t{work()}", flush=True)
