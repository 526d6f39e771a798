"""The yardstick: a network on CIFAR-10 in plain PyTorch, one thread, as a user would write it.

usage: peer_torch.py FOLDER IMAGES EPOCHS [resnet-20 | vgg-11]

The same network (option-B shortcuts, 272,474 parameters; of vgg-11 9,231,114), data, augmentation,
optimiser and schedule as TrainingBench. Prints images per wall second and per processor second of every epoch
but the first.
"""

import math
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy
import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)
BATCH = 128


class Block(nn.Module):
    def __init__(self, channels_in, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels_in, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.shortcut = nn.Sequential()
        if stride != 1:
            self.shortcut = nn.Sequential(
                nn.Conv2d(channels_in, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(out)) + self.shortcut(x))


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn = nn.BatchNorm2d(16)
        blocks, channels_in = [], 16
        for channels in (16, 32, 64):
            for i in range(3):
                blocks.append(Block(channels_in, channels, 2 if i == 0 and channels > 16 else 1))
                channels_in = channels
        self.blocks = nn.Sequential(*blocks)
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = self.blocks(F.relu(self.bn(self.conv(x))))
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))


def vgg11():
    layers, channels_in = [], 3
    for channels in (64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512):
        if channels == 0:
            layers.append(nn.MaxPool2d(2))
            continue
        layers += [nn.Conv2d(channels_in, channels, 3, 1, 1), nn.BatchNorm2d(channels), nn.ReLU()]
        channels_in = channels
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


NETWORKS = {"resnet-20": (ResNet20, 272_474), "vgg-11": (vgg11, 9_231_114)}


def load(folder, count):
    rows = []
    for i in range(1, 6):
        raw = numpy.fromfile(os.path.join(folder, f"data_batch_{i}.bin"), dtype=numpy.uint8)
        rows.append(raw.reshape(-1, 3073))
    rows = numpy.concatenate(rows)[:count]
    return rows[:, 1:].reshape(-1, 3, 32, 32), rows[:, 0].astype(numpy.int64)


def augment(images, random):
    """Random crops of the image with a black border of 4, then flips."""
    count = len(images)
    padded = numpy.pad(images, ((0, 0), (0, 0), (4, 4), (4, 4)))
    windows = numpy.lib.stride_tricks.sliding_window_view(padded, (32, 32), axis=(2, 3))
    top, left = random.integers(0, 9, count), random.integers(0, 9, count)
    crops = windows[numpy.arange(count), :, top, left]
    flip = random.random(count) < 0.5
    crops[flip] = crops[flip][..., ::-1]
    return crops


def main(folder, count, epochs, model="resnet-20"):
    images, labels = load(folder, count)
    mean = (images / 255).mean((0, 2, 3), dtype=numpy.float32).reshape(1, 3, 1, 1)
    std = (images / 255).std((0, 2, 3), dtype=numpy.float32).reshape(1, 3, 1, 1)
    mean, std = torch.from_numpy(mean), torch.from_numpy(std)
    random = numpy.random.default_rng(1)
    network, parameters = NETWORKS[model]
    net = network()
    assert sum(p.numel() for p in net.parameters()) == parameters
    optimiser = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
    steps = epochs * math.ceil(count / BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for epoch in range(epochs):
        wall, processor = time.perf_counter(), time.process_time()
        order = random.permutation(count)
        total = 0.0
        for start in range(0, count, BATCH):
            chosen = order[start:start + BATCH]
            x = torch.from_numpy(augment(images[chosen], random)).float().div_(255)
            x = x.sub_(mean).div_(std)
            logits = net(x)
            loss = F.cross_entropy(logits, torch.from_numpy(labels[chosen]))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(chosen)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        if epoch > 0:
            print(f"python {count / wall:.1f} {count / processor:.1f} loss {total / count:.3f}",
                  flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:5])
