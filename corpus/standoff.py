#!/usr/bin/env python3
"""Keep annotations of texts that may not enter the repository: our labels by document id and offset, without the text.

    python3 corpus/standoff.py pack INLINE.txt > corpus/standoff/NAME.jsonl
    python3 corpus/standoff.py unpack corpus/standoff/NAME.jsonl TEXTS > INLINE.txt      # TEXTS.jsonl, or a treebank

INLINE.txt is in the format of ANNOTATION.md, with a line `# at ID START` before each sentence: the document's id in
TEXTS.jsonl (rows with `id` and `text`) and the sentence's first code point in that text. A packed line holds one sentence:
id, start, end, sha256 (16 hex digits, of the sentence), spans as check.plain() gives them (class, id, kind, code, chain,
start, end; code points of the sentence) and lines (its E and S lines). unpack gives the inline text back exactly; a text
that is not the annotated one is an error.
"""
import hashlib, json, sys

from check import plain


def digest(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def pack(lines):
    """Inline lines -> one record per sentence."""
    place, record = None, None
    for n, line in enumerate(lines, 1):
        line = line.rstrip("\n")
        if line.startswith("# at "):
            _, _, name, start = line.split()
            place = name, int(start)
        elif line.startswith("T "):
            if place is None: raise ValueError(f"line {n}: no '# at ID START' before the sentence")
            if record: yield record
            text, spans = plain(line[2:])
            name, start = place
            record = {"id": name, "start": start, "end": start + len(text), "sha256": digest(text), "spans": spans, "lines": []}
            place = None
        elif line.startswith(("E ", "S ")):
            if record is None or place: raise ValueError(f"line {n}: no sentence above this line")
            record["lines"].append(line)
    if record: yield record


def opening(span):
    """The mark that opens a span; an unknown code is written only where a chain follows it."""
    cls, name, kind, code, chain = span[:5]
    if cls == "m":
        return f"[{name}:{kind}" + (f":{code}" if chain or code != "-" else "") + (f"#{chain}" if chain else "") + " "
    return ("{" if cls == "p" else "<") + name + " "


def marked(text, spans):
    """The inverse of plain(): spans are in the order in which they close, so an inner one stands before its outer one."""
    before, after = [""] * (len(text) + 1), [""] * (len(text) + 1)
    for span in spans:
        start, end = span[5:]
        before[start] = opening(span) + before[start]
        after[end] += {"m": "]", "p": "}", "c": ">"}[span[0]]
    return "".join(after[i] + before[i] + text[i:i + 1] for i in range(len(text) + 1))


def unpack(records, texts):
    """Records and {id: text} -> inline lines."""
    last = None
    for r in records:
        name, start, end = r["id"], r["start"], r["end"]
        text = texts.get(name, "")[start:end]
        if digest(text) != r["sha256"]: raise ValueError(f"{name}: the text at {start}-{end} is not the annotated one")
        if name != last: yield "# doc " + name.lower().replace("_", "-").replace(":", "-")
        last = name
        yield from (f"# at {name} {start}", "T " + marked(text, r["spans"]), *r["lines"])


def rows(path):
    """The rows of a JSON Lines file; of a treebank (.conllu) its documents, one sentence a line, as rows with `id` and `text`."""
    with open(path, encoding="utf-8") as f:
        lines = f.read().splitlines()
    if not str(path).endswith(".conllu"): return [json.loads(line) for line in lines if line.strip()]
    texts = {}
    for line in lines:
        if line.startswith("# newdoc id = "): here = texts[line.removeprefix("# newdoc id = ")] = []
        elif line.startswith("# text = "): here.append(line.removeprefix("# text = "))
    return [{"id": name, "text": "\n".join(sentences)} for name, sentences in texts.items()]


def main(args):
    if len(args) == 2 and args[0] == "pack":
        with open(args[1], encoding="utf-8", newline="\n") as f:
            for record in pack(f): print(json.dumps(record, separators=(",", ":")))
    elif len(args) == 3 and args[0] == "unpack":
        for line in unpack(rows(args[1]), {r["id"]: r["text"] for r in rows(args[2])}): print(line)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ValueError as error:
        sys.exit(f"standoff: {error}")
