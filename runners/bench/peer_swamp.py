"""The yardstick of a whole experiment: SWAMP in plain PyTorch, two processes of one thread each.

usage: peer_swamp.py lenet-300-100 MNIST IMAGES CYCLES RATE
       peer_swamp.py resnet-20 CIFAR IMAGES CYCLES RATE

As conf/experiments/swamp-lenet-mnist.yaml: 4 particles of 5 epochs a cycle, the mean of each one's
weights over the last half of its steps, their mean, pruned by magnitude over all layers; every
cycle begins at the first weights. A tenth of the images validates every particle after each epoch,
10,000 images test each cycle's mean, and where there is BatchNorm its statistics are computed again
of all training images. Writes no tables. Prints the seconds.
"""

import math
import multiprocessing
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
# for the processes that train: memory that goes back to the system costs half of LeNet's speed
for name in "TRIM_THRESHOLD", "MMAP_THRESHOLD", "TOP_PAD":
    os.environ[f"MALLOC_{name}_"] = "268435456" if name == "TOP_PAD" else "4294967296"

import numpy
import torch
import torch.nn.functional as F
from torch import nn

import peer_lenet
import peer_torch

torch.set_num_threads(1)
BATCH, EPOCHS, PARTICLES = 128, 5, 4


class Task:
    """What every process knows: data, how a network is made, how a batch is read."""

    def __init__(self, model, folder, count):
        self.model = model
        if model == "resnet-20":
            images, labels = peer_torch.load(folder, count)
            raw = numpy.fromfile(os.path.join(folder, "test_batch.bin"), dtype=numpy.uint8)
            raw = raw.reshape(-1, 3073)
            test, answers = raw[:, 1:].reshape(-1, 3, 32, 32), raw[:, 0].astype(numpy.int64)
        else:
            images, labels = self.mnist(folder, "train", count)
            test, answers = self.mnist(folder, "t10k", 10_000)
        last = len(images) - len(images) // 10
        axes = (0, 2, 3) if images.ndim == 4 else None
        shape = (1, -1, 1, 1) if images.ndim == 4 else (1, 1)
        mean = (images[:last] / 255).mean(axes, dtype=numpy.float32).reshape(shape)
        std = (images[:last] / 255).std(axes, dtype=numpy.float32).reshape(shape)
        self.mean, self.std = torch.from_numpy(mean), torch.from_numpy(std)
        self.raw = images[:last]
        self.train = self.normal(images[:last]), torch.from_numpy(labels[:last])
        self.validation = self.normal(images[last:]), torch.from_numpy(labels[last:])
        self.test = self.normal(test), torch.from_numpy(answers)

    @staticmethod
    def mnist(folder, name, count):
        images = peer_lenet.read(folder, name + "-images-idx3-ubyte", 16).reshape(-1, 784)
        labels = peer_lenet.read(folder, name + "-labels-idx1-ubyte", 8)
        return images[:count], labels[:count].astype(numpy.int64)

    def normal(self, images):
        return torch.from_numpy(numpy.array(images)).float().div_(255).sub_(self.mean).div_(self.std)

    def network(self):
        if self.model == "resnet-20":
            return peer_torch.ResNet20()
        return nn.Sequential(
            nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 100), nn.ReLU(), nn.Linear(100, 10))

    def batch(self, chosen, random):
        if self.model == "resnet-20":
            return self.normal(peer_torch.augment(self.raw[chosen.numpy()], random))
        return self.train[0][chosen]

    def right(self, net, split):
        net.eval()
        with torch.no_grad():
            found = [net(x).argmax(1) for x in split[0].split(BATCH)]
        net.train()
        return (torch.cat(found) == split[1]).sum().item() / len(split[1])

    def recalibrate(self, net):
        norms = [m for m in net.modules() if isinstance(m, nn.BatchNorm2d)]
        if norms:
            for norm in norms:
                norm.reset_running_stats()
                norm.momentum = None
            with torch.no_grad():
                for x in self.train[0].split(BATCH):
                    net(x)


TASK = None


def prepare(*task):
    global TASK
    TASK = Task(*task)


def particle(job):
    state, masks, seed = job
    torch.manual_seed(seed)
    random = numpy.random.default_rng(seed)
    net = TASK.network()
    net.load_state_dict(state)
    masked = [(p, masks[name]) for name, p in net.named_parameters() if name in masks]
    count = len(TASK.train[1])
    steps = EPOCHS * math.ceil(count / BATCH)
    momentum = 0.9 if TASK.model == "resnet-20" else 0
    optimiser = torch.optim.SGD(
        net.parameters(), lr=0.1, momentum=momentum, weight_decay=1e-4, foreach=True)
    mean, averaged, step = [torch.zeros_like(p) for p in net.parameters()], 0, 0
    for _ in range(EPOCHS):
        order = torch.randperm(count)
        for start in range(0, count, BATCH):
            chosen = order[start:start + BATCH]
            rate = 0.05 if step >= steps // 2 else 0.05 * (1 + math.cos(math.pi * step / steps))
            optimiser.param_groups[0]["lr"] = rate
            loss = F.cross_entropy(net(TASK.batch(chosen, random)), TASK.train[1][chosen])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            with torch.no_grad():
                torch._foreach_mul_([p for p, _ in masked], [m for _, m in masked])
            step += 1
            if step > steps // 2:
                averaged += 1
                with torch.no_grad():
                    torch._foreach_mul_(mean, 1 - 1 / averaged)
                    torch._foreach_add_(mean, list(net.parameters()), alpha=1 / averaged)
        TASK.right(net, TASK.validation)
    return [tensor.numpy() for tensor in mean]


def main(model, folder, images, cycles, rate):
    begin = time.perf_counter()
    prepare(model, folder, images)
    torch.manual_seed(1)
    net = TASK.network()
    first = {name: tensor.clone() for name, tensor in net.state_dict().items()}
    masks = {name: torch.ones_like(p) for name, p in net.named_parameters() if p.dim() > 1}
    task = (model, folder, images)
    with multiprocessing.get_context("spawn").Pool(2, prepare, task) as pool:
        for cycle in range(cycles + 1):
            jobs = [(first, masks, cycle * PARTICLES + i) for i in range(PARTICLES)]
            found = pool.map(particle, jobs, chunksize=1)
            with torch.no_grad():
                for i, p in enumerate(net.parameters()):
                    p.copy_(torch.from_numpy(numpy.mean([each[i] for each in found], 0)))
            TASK.recalibrate(net)
            kept = sum(m.sum().item() for m in masks.values()) / sum(
                m.numel() for m in masks.values())
            print(f"cycle {cycle}: {100 * kept:.2f} % kept, {100 * TASK.right(net, TASK.test):.2f} "
                  f"% right, {time.perf_counter() - begin:.0f} s", flush=True)
            sizes = torch.cat([
                p.detach().abs()[masks[name] > 0] for name, p in net.named_parameters()
                if name in masks])
            least = sizes.kthvalue(max(1, int(rate * len(sizes)))).values
            weights = dict(net.named_parameters())
            masks = {name: m * (weights[name].abs() > least).float() for name, m in masks.items()}
            first = {name: t * masks[name] if name in masks else t for name, t in first.items()}
    print(f"python {model} {time.perf_counter() - begin:.0f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
