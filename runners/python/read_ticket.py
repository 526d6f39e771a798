"""Reads what `ticketflow export` writes as safetensors, with PyTorch and NumPy alone.

    python3 read_ticket.py FILE
"""
import json
import struct
import sys

import numpy as np
import torch

TYPES = {"F32": np.float32, "BOOL": np.bool_, "I32": np.int32}


def read(path):
    """Tensors by name, and the facts about them."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    facts = header.pop("__metadata__", {})
    return {name: torch.from_numpy(np.frombuffer(data[slice(*t["data_offsets"])], TYPES[t["dtype"]])
                                   .reshape(t["shape"])) for name, t in header.items()}, facts


def dense(tensors):
    """The same with every sparse tensor as weights and a mask, as a dense file has them."""
    full = {}
    for name, tensor in tensors.items():
        base, _, part = name.rpartition(".")
        if part == "shape" and base + ".indices" in tensors:
            shape, places = tuple(tensor), tensors[base + ".indices"].long()
            values = tensors[base + ".values"]
            full[base] = torch.zeros(shape).view(-1).index_put((places,), values).view(shape)
            full[base + ".mask"] = torch.zeros(shape, dtype=torch.bool)
            full[base + ".mask"].view(-1)[places] = True
        elif not (part in ("values", "indices") and base + ".shape" in tensors):
            full[name] = tensor
    return full


def split(tensors):
    """A state_dict, and the masks by the names of the weights that they belong to."""
    tensors = dense(tensors)
    masks = {name[:-5]: tensor for name, tensor in tensors.items() if name.endswith(".mask")}
    return {name: tensor for name, tensor in tensors.items() if not name.endswith(".mask")}, masks


if __name__ == "__main__":
    state, masks = split(read(sys.argv[1])[0])
    for name, tensor in state.items():
        kept = f"{masks[name].float().mean():8.4%} kept" if name in masks else ""
        print(f"{name:40} {str(tuple(tensor.shape)):22} {kept}")
