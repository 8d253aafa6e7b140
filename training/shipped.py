#!/usr/bin/env python3
"""Train weights like the shipped ones from a clean clone: base, two relations runs from it, the mean of both,
whose a mention is, calibration.

    python3 training/shipped.py --data FOLDER      # models/chancery.bin
    python3 training/shipped.py                    # the open variant: our corpus alone, models/open.bin
    python3 training/shipped.py --trial            # every step on a twentieth of the text, in a few minutes: whether it runs, not what it gives

Needs the built command (`cargo build --release -p chancery-cli`) and the packages of requirements.txt. An epoch reads some 34,000 sentences and pairs:
26 s on a GPU that eight runs share. Two cores with AVX2 read some 36 sentences a second, so that the 34 epochs would take them about ten hours; that was not tried."""
import argparse, pathlib, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent


def step(script, *args):
    command = [sys.executable, str(HERE / script), *map(str, args)]
    print("+", " ".join(command), flush=True)
    subprocess.run(command, check=True)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, help="folder with the sets that may not be in the repository")
    a.add_argument("--chancery", type=lambda p: pathlib.Path(p).resolve(), default=ROOT / "target/release/chancery", help="the built command")
    a.add_argument("--work", type=pathlib.Path, default=ROOT / "target/training", help="where checkpoints go")
    a.add_argument("--threads", type=int, default=2, help="of each training run")
    a.add_argument("--device", default="cpu", help="cpu or cuda")
    a.add_argument("--trial", action="store_true", help="one epoch each on a twentieth of the documents; the weights go to the folder of --work")
    o = a.parse_args()
    if not o.chancery.exists(): a.error(f"{o.chancery} is not there: run cargo build --release -p chancery-cli, or name the command with --chancery")
    o.work.mkdir(parents=True, exist_ok=True)
    same = ["--chancery", o.chancery, "--threads", o.threads, "--device", o.device, *(["--data", o.data] if o.data else [])]
    base = o.work / "base.bin"
    parts = ["--batch", 64, "--syntax", 700, "--pairs", 1500]
    if o.trial: parts = ["--batch", 64, "--syntax", 50, "--pairs", 50, "--share", 0.05, "--unscored"]
    epochs = lambda n: 1 if o.trial else n
    step("train.py", *same, "--no-plv", "--epochs", epochs(12), "--lr", "5e-4", *parts, "--out", base)
    out = (o.work if o.trial else ROOT / "models") / ("chancery.bin" if o.data else "open.bin")
    runs = []
    for seed in (1, 2):
        runs.append(o.work / f"run{seed}.bin")
        step("train.py", *same, "--from", base.with_suffix(".pt"), "--seed", seed, "--epochs", epochs(11), "--lr", "4e-4", *parts, "--out", runs[-1])
    mean = o.work / "mean.bin"
    step("mean.py", *(r.with_suffix(".pt") for r in runs), "--out", mean)
    whole = o.work / "whole.bin"
    step("whose.py", "--chancery", o.chancery, "--weights", mean, "--out", whole, "--epochs", epochs(12), "--seed", 3, "--threads", o.threads)
    step("calibrate.py", "--chancery", o.chancery, "--weights", whole, "--out", out)


if __name__ == "__main__":
    main()
