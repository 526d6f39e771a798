# check_zoo.py PYTHON_FOLDER FOLDER: opens every NAME.json of a folder, the facts about a network,
# and compares the logits that plain PyTorch gives with those in NAME.expected.npz.
import json
import pathlib
import sys

sys.path.insert(0, sys.argv[1])
import numpy as np
import torch

import read_ticket
import zoo

torch.set_num_threads(1)
for facts in sorted(pathlib.Path(sys.argv[2]).glob("*.json")):
    model = json.loads(facts.read_text())
    base = str(facts)[: -len(".json")]
    with np.load(base + ".expected.npz") as expected:
        images = torch.from_numpy(expected["images"])
        pixels = torch.from_numpy(expected["pixels"])
        logits = torch.from_numpy(expected["logits"])
    plain = zoo.build(model["model"], images.shape[1], images.shape[2], logits.shape[1],
                      model["width"], model["stem"]).eval()
    names = [name for name in plain.state_dict() if not name.endswith("num_batches_tracked")]

    def compare(form, network, inputs):
        with torch.no_grad():
            difference = (network(inputs) - logits).abs().max().item()
        limit = 1e-5 * max(1.0, logits.abs().max().item())
        print(f"{model['model']:14} {form:18} {difference:.2e}", flush=True)
        assert difference <= limit, (model["model"], form, difference)

    kept = {}
    for form in ("dense.safetensors", "sparse.safetensors", "dense.npz", "sparse.npz"):
        if form.endswith("npz"):
            with np.load(f"{base}.{form}") as arrays:
                assert json.loads(str(arrays["__metadata__"]))["run"] == "zoo"
                tensors = {n: torch.from_numpy(arrays[n]) for n in arrays.files if n != "__metadata__"}
        else:
            tensors, metadata = read_ticket.read(f"{base}.{form}")
            assert metadata["run"] == "zoo"
        state, masks = read_ticket.split(tensors)
        assert list(state) == names, (list(state), names)
        plain.load_state_dict(state, strict=True)
        compare(form, plain, images)
        for name, mask in masks.items():
            assert mask.dtype == torch.bool and mask.shape == state[name].shape
            assert not state[name][~mask].any(), name
        kept[form] = {name: int(mask.sum()) for name, mask in masks.items()}
        assert kept[form] == kept["dense.safetensors"] and kept[form]
    script = torch.jit.load(base + ".pt")
    assert sorted(script.state_dict()) == sorted(names)
    for name, tensor in script.state_dict().items():
        assert torch.equal(tensor, plain.state_dict()[name]), name
    trained = {name for name, _ in script.named_parameters()}
    assert trained == {name for name, one in plain.named_parameters() if one.requires_grad}
    compare("torchscript", script, images)
    compare("scaled.pt", torch.jit.load(base + ".scaled.pt"), pixels)
    compare("compact.pt", torch.jit.load(base + ".compact.pt"), images)
    # It trains too: in training BatchNorm goes by the batch and its statistics move.
    script.train()
    script(images).sum().backward()
    assert all(p.grad is not None for p in script.parameters())
