#!/usr/bin/env python3
"""The mean of checkpoints or weights of one origin, as weights: python3 training/mean.py models/chancery.bin RUN.pt ... --out RAW.bin"""
import argparse, pathlib

import torch

from export import export, restored


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("checkpoints", type=pathlib.Path, nargs="+")
    a.add_argument("--out", type=pathlib.Path, required=True)
    o = a.parse_args()
    nets = [restored(c) for c in o.checkpoints]
    states, net = [n.state_dict() for n in nets], nets[0]
    net.load_state_dict({k: sum(s[k] for s in states) / len(states) for k in states[0]})
    torch.save(net.state_dict(), o.out.with_suffix(".pt"))
    export(net, o.out, {})


if __name__ == "__main__":
    main()
