"""Ticketflow's networks as plain PyTorch modules: their state_dicts have the names and shapes that
`ticketflow export` writes.

    model = zoo.build("resnet-20", channels=3, side=32, classes=10)
    model.load_state_dict(state)
"""
import torch
from torch import nn
from torch.nn import functional as F


def conv(inputs, outputs, kernel, stride=1, bias=False):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=bias)


class LeNet300(nn.Module):
    def __init__(self, channels, side, classes):
        super().__init__()
        self.fc1 = nn.Linear(channels * side * side, 300)
        self.fc2 = nn.Linear(300, 100)
        self.fc3 = nn.Linear(100, classes)

    def forward(self, x):
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc3(F.relu(self.fc2(x)))


class LeNet5(nn.Module):
    def __init__(self, channels, side, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 20, 5)
        self.conv2 = nn.Conv2d(20, 50, 5)
        self.fc1 = nn.Linear(50 * (((side - 4) // 2 - 4) // 2) ** 2, 500)
        self.fc2 = nn.Linear(500, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


class ConvNet(nn.Module):
    def __init__(self, convolutions, channels, side, classes):
        super().__init__()
        self.pairs = convolutions // 2
        for pair in range(1, self.pairs + 1):
            width = 32 << pair
            for index in (2 * pair - 1, 2 * pair):
                setattr(self, f"conv{index}", conv(channels, width, 3, bias=True))
                channels = width
        self.fc1 = nn.Linear(channels * (side >> self.pairs) ** 2, 256)
        self.fc2 = nn.Linear(256, 256)
        self.fc3 = nn.Linear(256, classes)

    def forward(self, x):
        for index in range(1, 2 * self.pairs + 1):
            x = F.relu(getattr(self, f"conv{index}")(x))
            if index % 2 == 0:
                x = F.max_pool2d(x, 2)
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc3(F.relu(self.fc2(x)))


class Block(nn.Module):
    def __init__(self, inputs, width, stride, bottleneck):
        super().__init__()
        outputs = 4 * width if bottleneck else width
        sizes = [(width, 1, 1), (width, 3, stride), (outputs, 1, 1)] if bottleneck else [(width, 3, stride), (width, 3, 1)]
        self.depth = len(sizes)
        last = inputs
        for index, (size, kernel, step) in enumerate(sizes, 1):
            setattr(self, f"conv{index}", conv(last, size, kernel, step))
            setattr(self, f"bn{index}", nn.BatchNorm2d(size))
            last = size
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(conv(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = x
        for index in range(1, self.depth + 1):
            y = getattr(self, f"bn{index}")(getattr(self, f"conv{index}")(y))
            y = F.relu(y) if index < self.depth else y
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self, blocks, width, bottleneck, imagenet, channels, classes, stem_width=0):
        super().__init__()
        self.imagenet = imagenet
        self.stages = len(blocks)
        inputs = stem_width or width
        self.conv1 = conv(channels, inputs, 7, 2) if imagenet else conv(channels, inputs, 3)
        self.bn1 = nn.BatchNorm2d(inputs)
        for stage, count in enumerate(blocks):
            layers = []
            for block in range(count):
                stride = 2 if stage > 0 and block == 0 else 1
                layers.append(Block(inputs, width << stage, stride, bottleneck))
                inputs = (width << stage) * (4 if bottleneck else 1)
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.max_pool2d(x, 3, 2, 1) if self.imagenet else x
        for stage in range(1, self.stages + 1):
            x = getattr(self, f"layer{stage}")(x)
        return self.fc(x.mean((2, 3)))


class Vgg(nn.Module):
    def __init__(self, groups, channels, classes):
        super().__init__()
        layers = []
        for group, (count, width) in enumerate(zip(groups, (64, 128, 256, 512, 512))):
            for _ in range(count):
                layers += [conv(channels, width, 3, bias=True), nn.BatchNorm2d(width), nn.ReLU()]
                channels = width
            layers += [nn.MaxPool2d(2)] if group < 4 else []
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(512, classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class WideBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = conv(inputs, outputs, 3, stride)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = conv(outputs, outputs, 3)
        self.convShortcut = conv(inputs, outputs, 1, stride) if inputs != outputs else None

    def forward(self, x):
        active = F.relu(self.bn1(x))
        y = self.conv2(F.relu(self.bn2(self.conv1(active))))
        return y + (x if self.convShortcut is None else self.convShortcut(active))


class WideStage(nn.Module):
    def __init__(self, blocks, inputs, outputs, stride):
        super().__init__()
        self.layer = nn.Sequential(
            *[WideBlock(inputs if i == 0 else outputs, outputs, stride if i == 0 else 1) for i in range(blocks)])

    def forward(self, x):
        return self.layer(x)


class WideResNet(nn.Module):
    def __init__(self, depth, factor, channels, classes):
        super().__init__()
        widths = [16, 16 * factor, 32 * factor, 64 * factor]
        self.conv1 = conv(channels, 16, 3)
        for stage in range(3):
            setattr(self, f"block{stage + 1}",
                    WideStage((depth - 2) // 6, widths[stage], widths[stage + 1], 1 if stage == 0 else 2))
        self.bn1 = nn.BatchNorm2d(widths[3])
        self.fc = nn.Linear(widths[3], classes)

    def forward(self, x):
        x = self.block3(self.block2(self.block1(self.conv1(x))))
        return self.fc(F.relu(self.bn1(x)).mean((2, 3)))


class AirbenchBlock(nn.Module):
    def __init__(self, inputs, width):
        super().__init__()
        self.conv1 = conv(inputs, width, 3)
        self.norm1 = nn.BatchNorm2d(width, momentum=0.4)
        self.conv2 = conv(width, width, 3)
        self.norm2 = nn.BatchNorm2d(width, momentum=0.4)
        for norm in (self.norm1, self.norm2):
            norm.weight.requires_grad_(False)

    def forward(self, x):
        x = F.gelu(self.norm1(F.max_pool2d(self.conv1(x), 2)))
        return F.gelu(self.norm2(self.conv2(x)))


class Airbench(nn.Module):
    def __init__(self, width, channels, classes):
        super().__init__()
        self.whiten = nn.Conv2d(channels, 8 * channels, 2)
        self.whiten.weight.requires_grad_(False)
        self.block1 = AirbenchBlock(8 * channels, width)
        self.block2 = AirbenchBlock(width, 4 * width)
        self.block3 = AirbenchBlock(4 * width, 4 * width)
        self.head = nn.Linear(4 * width, classes, bias=False)

    def forward(self, x):
        x = self.block3(self.block2(self.block1(F.gelu(self.whiten(x)))))
        return self.head(F.max_pool2d(x, 3).flatten(1)) / 9


def build(name, channels, side, classes, width=0, stem="cifar"):
    """The network of that name; width and stem are model.width and model.stem."""
    if name == "lenet-300-100":
        return LeNet300(channels, side, classes)
    if name == "lenet-5":
        return LeNet5(channels, side, classes)
    if name == "airbench94":
        return Airbench(width or 64, channels, classes)
    if name == "resnet-32x4":
        return ResNet([5] * 3, 64, False, False, channels, classes, stem_width=16)
    family, *sizes = name.split("-")
    sizes = [int(size) for size in sizes]
    if family == "conv":
        return ConvNet(sizes[0], channels, side, classes)
    if family == "vgg":
        groups = {11: (1, 1, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}[sizes[0]]
        return Vgg(groups, channels, classes)
    if family == "wrn":
        return WideResNet(sizes[0], sizes[1], channels, classes)
    if sizes[0] in (18, 50):
        blocks = (2, 2, 2, 2) if sizes[0] == 18 else (3, 4, 6, 3)
        return ResNet(blocks, 64, sizes[0] == 50, stem == "imagenet", channels, classes)
    return ResNet([(sizes[0] - 2) // 6] * 3, width or 16, False, False, channels, classes)
