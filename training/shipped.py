#!/usr/bin/env python3
"""Train the shipped weights from a clean clone: base, relations, the mean of both, the pair head on it, calibration.

    python3 training/shipped.py --data FOLDER      # models/chancery.bin
    python3 training/shipped.py                    # the open variant: our corpus alone, models/open.bin
    python3 training/shipped.py --trial            # every step on a twentieth of the text, in a few minutes: whether it runs, not what it gives

Needs the built command (`cargo build --release -p chancery-cli`) and the packages of requirements.txt. An epoch of 21,536 sentences takes about 18 minutes of one core: eight epochs, two to three hours. A GPU that eight runs shared took 52 s for 13,191."""
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
    a.add_argument("--chancery", type=pathlib.Path, default=ROOT / "target/release/chancery", help="the built command")
    a.add_argument("--work", type=pathlib.Path, default=ROOT / "target/training", help="where checkpoints go")
    a.add_argument("--threads", type=int, default=2, help="of each training run")
    a.add_argument("--device", default="cpu", help="cpu or cuda")
    a.add_argument("--trial", action="store_true", help="one epoch each on a twentieth of the documents; the weights go to the folder of --work")
    o = a.parse_args()
    if not o.chancery.exists(): a.error(f"{o.chancery} is not there: run cargo build --release -p chancery-cli, or name the command with --chancery")
    o.work.mkdir(parents=True, exist_ok=True)
    same = ["--chancery", o.chancery, "--threads", o.threads, "--device", o.device, *(["--data", o.data] if o.data else [])]
    base = o.work / "base.bin"
    parts = ["--batch", 16, "--syntax", 700, "--pairs", 1500]
    if o.trial: parts = ["--batch", 16, "--syntax", 50, "--pairs", 50, "--share", 0.05, "--unscored"]
    epochs = lambda n: 1 if o.trial else n
    step("train.py", *same, "--no-plv", "--epochs", epochs(5), "--lr", "4e-4", *parts, "--out", base)
    out = (o.work if o.trial else ROOT / "models") / ("chancery.bin" if o.data else "open.bin")
    if o.data and (o.data / "relations_plv.jsonl").exists():
        joint = o.work / "joint.bin"
        step("train.py", *same, "--from", base.with_suffix(".pt"), "--epochs", epochs(3), "--lr", "2.5e-4", *parts, "--out", joint)
        step("mean.py", base.with_suffix(".pt"), joint.with_suffix(".pt"), "--out", o.work / "mean.bin")
        step("pairs.py", "--data", o.data, "--chancery", o.chancery, "--threads", o.threads, "--from", o.work / "mean.pt", "--out", o.work / "shipped.bin")
        base = o.work / "shipped.bin"
    step("calibrate.py", "--chancery", o.chancery, "--weights", base, "--out", out)


if __name__ == "__main__":
    main()
