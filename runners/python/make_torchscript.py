"""Writes a TorchScript file that Ticketflow trains: python3 make_torchscript.py net.pt

The module takes a batch of images, N x C x H x W, already normalised by their mean and standard
deviation, and gives N x classes logits. Script it, do not trace it: a trace keeps one mode of
BatchNorm. Its weights are the ones that the training starts from.
"""
import sys

import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(16 * 7 * 7, 64), nn.ReLU(), nn.Linear(64, 10),
)
torch.jit.script(net).save(sys.argv[1])
