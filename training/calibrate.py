#!/usr/bin/env python3
"""Measure how often events of a confidence are right on our dev split, and write the curve into the weight file.

    python3 training/calibrate.py --weights RAW.bin --out models/chancery.bin [--chancery target/release/chancery]

Isotonic regression (pool adjacent violators) over the events that the pipeline reports with RAW.bin at no threshold; an event is right when its predicate
and its type are. Prints the expected calibration error (ten bins of equal size) on dev, and on test, which the curve has not seen."""
import argparse, json, pathlib, subprocess, tempfile

import numpy as np

from container import read, write

ROOT = pathlib.Path(__file__).resolve().parent.parent
KNOTS = 12


def predictions(chancery, weights, split):
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as f:
        command = [chancery, "eval", "corpus", ROOT / "corpus", "--split", split, "--min-confidence", "0", "--model", weights, "--predictions", f.name]
        subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
        rows = [json.loads(line) for line in open(f.name, encoding="utf-8")]
    return np.array([r["confidence"] for r in rows]), np.array([float(r["right"]) for r in rows])


def isotonic(x, y):
    """Rising step function: block means of x and y."""
    blocks = []
    for i in np.argsort(x, kind="stable"):
        blocks.append([x[i], y[i], 1])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            a, b, n = blocks.pop()
            blocks[-1] = [blocks[-1][0] + a, blocks[-1][1] + b, blocks[-1][2] + n]
    return [(a / n, b / n) for a, b, n in blocks]


def curve(x, y):
    """At most KNOTS knots of equal weight along the isotonic fit."""
    fit = np.array(isotonic(x, y))
    smooth = np.interp(np.sort(x), fit[:, 0], fit[:, 1])
    groups = np.array_split(np.arange(len(x)), KNOTS)
    knots = [(np.sort(x)[g].mean(), smooth[g].mean()) for g in groups if len(g)]
    rising = [knots[0]]
    for k in knots[1:]:
        if k[0] > rising[-1][0] + 1e-4: rising.append((k[0], max(k[1], rising[-1][1])))
    return rising


def error(p, y, bins=10):
    groups = np.array_split(np.argsort(p, kind="stable"), bins)
    return sum(len(g) * abs(p[g].mean() - y[g].mean()) for g in groups if len(g)) / len(p)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--weights", type=pathlib.Path, required=True)
    a.add_argument("--out", type=pathlib.Path, required=True)
    a.add_argument("--chancery", type=lambda p: pathlib.Path(p).resolve(), default=ROOT / "target/release/chancery")
    o = a.parse_args()
    tensors, meta = read(o.weights)
    meta.pop("calibration.event", None)
    with tempfile.TemporaryDirectory() as folder:
        raw = pathlib.Path(folder) / "raw.bin"
        write(str(raw), tensors, meta)
        x, y = predictions(o.chancery, raw, "dev")
        if len(x) < 10 * KNOTS: raise SystemExit(f"{o.weights}: {len(x)} events on dev are too few to calibrate")
        knots = curve(x, y)
        tx, ty = predictions(o.chancery, raw, "test")
    adjust = lambda v: np.interp(v, [k[0] for k in knots], [k[1] for k in knots])
    print(f"expected calibration error: dev {100 * error(x, y):.1f} raw, {100 * error(adjust(x), y):.1f} calibrated (n={len(x)}); "
          f"test {100 * error(tx, ty):.1f} raw, {100 * error(adjust(tx), ty):.1f} calibrated (n={len(tx)})")
    meta["calibration.event"] = " ".join(f"{a:.4f}:{b:.4f}" for a, b in knots)
    print(f"{o.out}: sha256 {write(str(o.out), tensors, meta)}")


if __name__ == "__main__":
    main()
