"""Training steps of LightGCN in PyTorch, with its sparse product, as in LightGCN-PyTorch."""

import numpy as np

from common import read_ids, time_call
from threaded_torch import torch


def create_graph(users, items, user_count, item_count, layout):
    """The normalized adjacency matrix of users and items."""
    count = user_count + item_count
    users, items = torch.from_numpy(users), torch.from_numpy(items) + user_count
    ends = torch.stack([torch.cat([users, items]), torch.cat([items, users])])
    degrees = torch.bincount(ends[0], minlength=count).float()
    values = (degrees[ends[0]] * degrees[ends[1]]) ** -0.5
    graph = torch.sparse_coo_tensor(ends, values, (count, count)).coalesce()
    return graph.to_sparse_csr() if layout == "csr" else graph


def step(users, items, userCount, itemCount, dim, layers, batch, steps):
    users, items = read_ids(users), read_ids(items)

    def create_run(layout):
        graph = create_graph(users, items, userCount, itemCount, layout)
        user, item = (torch.nn.Embedding(count, dim) for count in (userCount, itemCount))
        for table in (user, item):
            torch.nn.init.normal_(table.weight, std=0.1)
        optimizer = torch.optim.Adam([user.weight, item.weight], lr=1e-3)

        def train(rows):
            chosen, positives = (torch.from_numpy(ids[rows]) for ids in (users, items))
            negatives = torch.randint(itemCount, positives.shape)
            vectors = [torch.cat([user.weight, item.weight])]
            for _ in range(layers):
                vectors.append(torch.sparse.mm(graph, vectors[-1]))
            u, i = torch.split(torch.stack(vectors, 1).mean(1), [userCount, itemCount])
            margins = (u[chosen] * i[negatives]).sum(1) - (u[chosen] * i[positives]).sum(1)
            squares = sum(given.norm(2).pow(2) for given in (user(chosen), item(positives), item(negatives)))
            loss = torch.nn.functional.softplus(margins).mean() + 1e-4 * squares / 2 / batch
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

        def run():
            for _ in range(steps):
                train(np.random.randint(len(users), size=batch))

        return lambda: time_call(run) / steps

    return {f"PyTorch, sparse {layout.upper()}": create_run(layout) for layout in ("coo", "csr")}
