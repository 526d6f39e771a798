"""Writes TorchScript files for ScriptModuleTest into the folder that it is given."""
import sys

import torch
from torch import nn
from torch.nn import functional as F

folder = sys.argv[1] + "/"


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(6, 5)
        self.fc2 = nn.Linear(5, 3)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(torch.flatten(x, 1))))


class ConvNet(nn.Module):
    def __init__(self, momentum=0.1, classes=3):
        super().__init__()
        self.conv = nn.Conv2d(2, 4, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(4, momentum=momentum)
        self.again = nn.Conv2d(4, 4, 3, padding=1)
        self.fc = nn.Linear(4, classes)

    def forward(self, x):
        x = F.relu(self.bn(self.conv(x)))
        x = F.max_pool2d(self.again(x) + x, 2)
        return self.fc(x.mean([2, 3]))


class Pair(Mlp):
    def forward(self, x, y):
        return self.fc1(x) + y


class Two(Mlp):
    def forward(self, x):
        return self.fc1(torch.flatten(x, 1)), x


class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(256, 4)
        self.inner = nn.Sequential(nn.LayerNorm([6, 4]), nn.Flatten(), nn.Linear(24, 3))

    def forward(self, x):
        return self.inner(self.table((torch.flatten(x, 1) * 9).long() + 99))


def script(module, name):
    torch.jit.script(module).save(folder + name + ".pt")


torch.manual_seed(1)
script(Mlp(), "mlp")
script(ConvNet(), "conv")
script(ConvNet(momentum=0.037), "slow")
script(ConvNet(classes=4), "four")
script(ConvNet(momentum=None), "cumulative")
script(Mlp().half(), "half")
script(Pair(), "pair")
script(Two(), "two")
script(Words(), "words")
script(nn.Sequential(nn.Flatten(), nn.Dropout(0.5), nn.Linear(72, 3)), "dropout")
torch.jit.freeze(torch.jit.script(Mlp().eval())).save(folder + "frozen.pt")
torch.jit.trace(ConvNet().eval(), torch.zeros(2, 2, 6, 6)).save(folder + "measuring.pt")
torch.jit.trace(ConvNet(), torch.zeros(2, 2, 6, 6)).save(folder + "training.pt")
tied = nn.Sequential(nn.Flatten(), nn.Linear(72, 72), nn.Linear(72, 72), nn.Linear(72, 3))
tied[2].weight = tied[1].weight
script(tied, "tied")
torch.save(Mlp().state_dict(), folder + "dict.pt")
