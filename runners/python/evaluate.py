"""Measures an exported network in plain PyTorch: the accuracy on test images.

    ticketflow export OUTPUT --run R --format safetensors --pixels --to network.safetensors
    python3 evaluate.py network.safetensors DATA

DATA is the folder that data.dir names (mnist, fashion-mnist, cifar10, cifar100), or an npz file
with images (N, C, H, W, bytes from 0 to 255) and labels (N).
"""
import gzip
import pathlib
import sys

import numpy as np
import torch

import read_ticket
import zoo


def idx(path):
    packed = path.with_name(path.name + ".gz")
    data = path.read_bytes() if path.exists() else gzip.decompress(packed.read_bytes())
    axes = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(data[3])]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(axes)


def test_images(name, place):
    """Images and labels of a data set's test files."""
    place = pathlib.Path(place)
    if place.suffix == ".npz":
        arrays = np.load(place)
        return arrays["images"], arrays["labels"]
    if name in ("mnist", "fashion-mnist"):
        return idx(place / "t10k-images-idx3-ubyte")[:, None], idx(place / "t10k-labels-idx1-ubyte")
    file, labels = {"cifar10": ("test_batch.bin", 1), "cifar100": ("test.bin", 2)}[name]
    rows = np.frombuffer((place / file).read_bytes(), np.uint8).reshape(-1, labels + 3072)
    return rows[:, labels:].reshape(-1, 3, 32, 32), rows[:, labels - 1]


def main(file, place):
    tensors, facts = read_ticket.read(file)
    state, masks = read_ticket.split(tensors)
    images, labels = test_images(facts["dataset"], place)
    classes = list(state.values())[-1].shape[0]
    model = zoo.build(facts["model"], images.shape[1], images.shape[2], classes,
                      int(facts["model.width"]), facts["model.stem"])
    model.load_state_dict(state)
    model.eval()
    mean, std = (torch.tensor(numbers(facts["input." + name])).view(1, -1, 1, 1) for name in ("mean", "std"))
    right = 0
    with torch.no_grad():
        for at in range(0, len(images), 500):
            batch = torch.from_numpy(images[at:at + 500].astype(np.float32)) / 255
            guesses = model((batch - mean) / std).argmax(1).numpy()
            right += int((guesses == labels[at:at + 500]).sum())
    kept = sum(int(mask.sum()) for mask in masks.values()) / max(1, sum(mask.numel() for mask in masks.values()))
    print(f"{facts['run']}, cycle {facts['cycle']}: {kept:.2%} of the weights, "
          f"{right} of {len(images)} test images right, accuracy {right / len(images):.4f}")


def numbers(text):
    return [float(number) for number in text.strip("[]").split(",")]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
