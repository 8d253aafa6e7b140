#!/usr/bin/env python3
"""The mean of checkpoints of one origin, as weights: python3 training/mean.py BASE.pt JOINT.pt ... --out RAW.bin"""
import argparse, pathlib

import torch

from export import export
from model import Chancery


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("checkpoints", type=pathlib.Path, nargs="+")
    a.add_argument("--out", type=pathlib.Path, required=True)
    o = a.parse_args()
    states = [torch.load(c, map_location="cpu") for c in o.checkpoints]
    net = Chancery()
    net.load_state_dict({k: sum(s[k] for s in states) / len(states) for k in states[0]})
    torch.save(net.state_dict(), o.out.with_suffix(".pt"))
    export(net, o.out, {})


if __name__ == "__main__":
    main()
