#!/usr/bin/env python3
"""Train weights like the shipped ones from a clean clone.

    python3 training/shipped.py --data FOLDER --device cuda      # models/chancery.bin
    python3 training/shipped.py --device cuda                    # the open variant: our corpus alone, models/open.bin
    python3 training/shipped.py --trial                          # nine steps an epoch: whether it runs, not what it gives

Four networks learn from three quarters of our documents each and say of the last quarter what they think; a fifth, the trunk, learns from all. From the trunk three go on
with what the four said beside the gold labels; their mean is the base, which knows nothing of the relations. From it four go on with the relations, and from their mean four more, whose mean
learns whose a mention is, and is calibrated. A step whose result is in the folder of `--work` is not run again: empty it to begin anew. `--folds` adds the five runs that leave a fold of the relations out.

Needs the packages of requirements.txt and the built command (`cargo build --release -p chancery-cli`), the latter not for `--to mean` with a `--text` that is there. On a GPU
the runs of a step go side by side: on one with 16 cores beside it all took eleven minutes up to the last mean. On two cores, which read some 36 sentences a second, it would take a day and a half; that was not tried."""
import argparse, os, pathlib, subprocess, sys

import data as D

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
QUARTERS = 4
SAME = ["--batch", "64", "--syntax", "700", "--pairs", "1500", "--unscored"]


def step(script, *args):
    command = [sys.executable, str(HERE / script), *map(str, args)]
    print("+", " ".join(command), flush=True)
    subprocess.run(command, check=True)


def together(o, runs):
    """Trainings {name: arguments}, side by side on a GPU, one after the other on a processor; what each prints goes to NAME.log."""
    runs = {name: args for name, args in runs.items() if not (o.work / f"{name}.bin").exists()}
    cores = (os.cpu_count() or 1) // max(1, len(runs))
    here = ["--text", o.text, *(["--data", o.data] if o.data else []), "--device", o.device]
    here += ["--threads", 1, "--workers", max(1, cores - 1)] if o.device != "cpu" else ["--threads", 2]
    if o.chancery.exists(): here += ["--chancery", o.chancery]
    going = []
    for name, args in runs.items():
        command = [sys.executable, HERE / "train.py", *here, *SAME, *(["--steps", 9] if o.trial else []), *args, "--out", o.work / f"{name}.bin"]
        print("+", *command, flush=True)
        log = open(o.work / f"{name}.log", "w")
        going.append((name, subprocess.Popen([str(x) for x in command], stdout=log, stderr=subprocess.STDOUT)))
        if o.device == "cpu": going[-1][1].wait()
    failed = [name for name, run in going if run.wait()]
    if failed: raise SystemExit(f"{failed[0]} failed: {(o.work / failed[0]).with_suffix('.log').read_text()[-2000:]}")


def mean(o, name, runs):
    if not (o.work / f"{name}.bin").exists(): step("mean.py", *(o.work / f"{r}.pt" for r in runs), "--out", o.work / f"{name}.bin")


def teachers(o, epochs):
    plain = ["--no-plv", "--epochs", epochs, "--lr", "5e-4"]
    together(o, {"trunk": plain, **{f"teacher{k}": [*plain, "--leave", f"{k}/{QUARTERS}", "--seed", 10 + k] for k in range(QUARTERS)}})


def soft(o):
    return ["--soft", *(o.work / f"teacher{k}.soft" for k in range(QUARTERS))]


def base(o, epochs):
    runs = {f"base{seed}": ["--no-plv", "--from", o.work / "trunk.pt", "--epochs", epochs, "--lr", "4e-4", "--seed", seed, *soft(o)] for seed in (1, 2, 3)}
    together(o, runs)
    mean(o, "base", runs)


def relations(o, epochs):
    """Two rounds of four runs, each from the mean of the one before."""
    start = "base"
    for round, seeds in enumerate(((1, 2, 3, 4), (5, 6, 7, 8)), 1):
        runs = {f"run{seed}": ["--from", o.work / f"{start}.pt", "--epochs", epochs, "--lr", "3e-4", "--seed", seed, *soft(o)] for seed in seeds}
        together(o, runs)
        start = f"mean{round}"
        mean(o, start, runs)


def folds(o):
    """The base, learning the relations of four folds and scored on the fifth; its pair head fitted anew."""
    pairs = ["--from", o.work / "base.pt", "--only-pairs", "--pairs", 300, "--epochs", 1 if o.trial else 6, "--lr", "1e-4", "--batch", 16]
    together(o, {f"fold{k}": [*pairs, "--fold", k] for k in range(5)})
    for k in range(5):
        step("pairs.py", "--data", o.data, "--chancery", o.chancery, "--from", o.work / f"fold{k}.pt", "--fold", k, "--out", o.work / f"fitted{k}.bin")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, help="folder with the sets that may not be in the repository")
    a.add_argument("--text", type=pathlib.Path, help="file with all sentences as `train.py --text` keeps them (default: text.xz in the folder of --work)")
    a.add_argument("--chancery", type=lambda p: pathlib.Path(p).resolve(), default=ROOT / "target/release/chancery", help="the built command")
    a.add_argument("--work", type=pathlib.Path, default=ROOT / "target/training", help="where checkpoints go")
    a.add_argument("--device", default="cpu", help="cpu or cuda")
    a.add_argument("--epochs", type=int, nargs=3, default=[14, 6, 4], metavar="N", help="of trunk and teachers, of the base, of each round with the relations")
    a.add_argument("--to", choices=["mean", "end"], default="end", help="mean: without what needs the built command")
    a.add_argument("--folds", action="store_true", help="the runs that leave out a fold of the relations, too")
    a.add_argument("--trial", action="store_true", help="one epoch of nine steps each; the weights go to the folder of --work")
    o = a.parse_args()
    if o.folds and not o.data: a.error("--folds needs --data")
    if not o.chancery.exists() and (o.to == "end" or o.folds): a.error(f"{o.chancery} is not there: run cargo build --release -p chancery-cli, or name the command with --chancery")
    o.work.mkdir(parents=True, exist_ok=True)
    o.text = o.text or o.work / "text.xz"
    if not o.text.exists(): D.texts(o.data, o.chancery, o.text)  # once, before several runs read it
    counts = [1] * 3 if o.trial else o.epochs
    teachers(o, counts[0]); base(o, counts[1]); relations(o, counts[2])
    if o.folds: folds(o)
    if o.to == "mean": return
    whole, out = o.work / "whole.bin", (o.work if o.trial else ROOT / "models") / ("chancery.bin" if o.data else "open.bin")
    step("whose.py", "--chancery", o.chancery, "--weights", o.work / "mean2.bin", "--out", whole, "--epochs", 1 if o.trial else 12, "--seed", 3)
    step("calibrate.py", "--chancery", o.chancery, "--weights", whole, "--out", out)


if __name__ == "__main__":
    main()
