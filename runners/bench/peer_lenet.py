"""The yardstick: LeNet-300-100 on MNIST in plain PyTorch, one thread, as a user would write it.

usage: peer_lenet.py FOLDER IMAGES EPOCHS

The same batches, optimiser and schedule as EngineBench. Prints the median images per wall second
of every epoch but the first.
"""

import gzip
import math
import os
import statistics
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy
import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)
BATCH = 128


def read(folder, name, skip):
    path = os.path.join(folder, name)
    opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz")
    with opened as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=skip)


def main(folder, count, epochs):
    images = read(folder, "train-images-idx3-ubyte", 16).reshape(-1, 784)[:count]
    labels = read(folder, "train-labels-idx1-ubyte", 8)[:count].astype(numpy.int64)
    data = torch.from_numpy((images / 255).astype(numpy.float32))
    data = (data - data.mean()) / data.std()
    labels = torch.from_numpy(labels)
    net = nn.Sequential(
        nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 100), nn.ReLU(), nn.Linear(100, 10))
    optimiser = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimiser, epochs * math.ceil(count / BATCH))
    rates = []
    for _ in range(epochs):
        begin = time.perf_counter()
        order = torch.randperm(count)
        for start in range(0, count, BATCH):
            chosen = order[start:start + BATCH]
            loss = F.cross_entropy(net(data[chosen]), labels[chosen])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
        rates.append(count / (time.perf_counter() - begin))
    print(f"python lenet-300-100 1 {statistics.median(rates[1:]):.0f} images/s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
