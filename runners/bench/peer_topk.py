"""Seconds of torch.topk for the largest magnitudes of normal weights, on one thread.

usage: peer_topk.py WEIGHTS; the least of three rounds for each density. "mask" also makes the
boolean mask, which is what Ticketflow's selection ends in.
"""
import sys
import time

import torch

torch.set_num_threads(1)
size = int(sys.argv[1])
torch.manual_seed(0)
weights = torch.randn(size)
for density in (0.8, 0.05):
    chosen, masked = [], []
    for _ in range(3):
        begin = time.perf_counter()
        places = torch.topk(weights.abs(), int(size * density), sorted=False)[1]
        chosen.append(time.perf_counter() - begin)
        mask = torch.zeros(size, dtype=torch.bool)
        mask[places] = True
        masked.append(time.perf_counter() - begin)
    print(f"topk {density:.2f} {min(chosen):.3f} s, mask {min(masked):.3f} s", flush=True)
