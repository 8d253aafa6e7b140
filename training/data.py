"""Reads every training set into sentences of words with word-level annotations.

The words come from chancery's own tokeniser (`chancery tokens`), so that training and inference see the same ones;
UD and UNER sentences keep the words of their treebank."""
import dataclasses, hashlib, json, lzma, pathlib, pickle, re, subprocess, tempfile

import labels as L
from labels import check
import standoff as store  # noqa: E402  beside the checker

ROOT = pathlib.Path(__file__).resolve().parent.parent


@dataclasses.dataclass
class Sentence:
    words: list
    mention: list = None      # BIO tags over words
    predicate: list = None
    condition: list = None
    ner: list = None
    upos: list = None
    heads: list = None        # 0 = root, else 1 + index of the head
    preds: list = dataclasses.field(default_factory=list)    # dicts: words (first, last+1), type, mode, status, contexts, ledger, roles
    mentions: list = dataclasses.field(default_factory=list)  # (first, last+1, kind)
    countries: list = dataclasses.field(default_factory=list)  # of each mention, the set of its country codes
    part: list = dataclasses.field(default_factory=list)      # of each mention, its sentence, where the words are those of several; below 0: only to be pointed at
    hidden: list = dataclasses.field(default_factory=list)    # (word, what stood there) where the network is not shown it
    pair: tuple = None        # (source span, target span, root) for PLV; spans may be None
    soft: dict = dataclasses.field(default_factory=dict)      # of "mention" and "predicate", the shares of each word's tags that another network gives
    group: str = ""           # document group, never split
    text: str = ""

    def sentences(self):
        """How many of those that are taught its words are."""
        return 1 + max(self.part, default=0)

    def kin(self):
        """Ordered pairs of mentions that are no dates, the second with a known country and in the same sentence or one before, and whether it is the first's."""
        who = [j for j, m in enumerate(self.mentions) if m[2] != "da"]
        part = self.part or [0] * len(self.mentions)
        return [(i, j, bool(self.countries[i] & self.countries[j])) for i in who for j in who if i != j and self.countries[j] and 0 <= part[i] >= part[j]]


FALLBACK = re.compile(r"\w+(?:[.'’]\w+)*|[^\w\s]")


def tokenise(texts, binary=None):
    """Word offsets (code points) of each text; `binary` is the built chancery command."""
    if not binary:
        return [[m.span() for m in FALLBACK.finditer(t)] for t in texts]
    lines = "".join(json.dumps({"text": t}) + "\n" for t in texts)
    out = subprocess.run([binary, "tokens"], input=lines, capture_output=True, text=True, check=True).stdout
    return [[tuple(x) for x in json.loads(line)["tokens"]] for line in out.splitlines()]


def words_of(span, offsets):
    """First and last+1 word that overlap a code-point span, or None."""
    hit = [i for i, (s, e) in enumerate(offsets) if s < span[1] and e > span[0]]
    return (hit[0], hit[-1] + 1) if hit else None


def bio(n, spans):
    tags = ["O"] * n
    for (a, b), kind in spans:
        for i in range(a, b):
            tags[i] = ("B" if i == a else "I") + (f"-{kind}" if kind else "")
    return tags


def corpus_files():
    return [f for d in ("sentences", "articles") for f in sorted((ROOT / "corpus" / d).glob("*.txt"))]


def corpus(paths, binary=None):
    items = [(f, it) for f in paths for it in check.read(f)]
    for f, it in items:
        if it[1] is None:
            raise SystemExit(f"{f}:{it[0]}: {it[2]} (run corpus/check.py)")
    out = []
    for (f, (n, doc, text, spans, events, cues)), offsets in zip(items, tokenise([it[2] for _, it in items], binary)):
        s = Sentence([text[a:b] for a, b in offsets], group=doc, text=text)
        mentions, preds, conds = {}, {}, []
        for c, i, kind, code, _, a, b in sorted(spans, key=lambda x: x[5]):
            w = words_of((a, b), offsets)
            if not w: continue
            if c == "m" and i not in mentions:
                mentions[i] = len(s.mentions); s.mentions.append((*w, kind))
                s.countries.append(set(code.split(".")[0].split("+")) - {"", "-"})
            elif c == "p": preds.setdefault(i, w)
            elif c == "c": conds.append((w, ""))
        event_ids, cue_ids = {e[1] for e in events}, {c[1] for c in cues}
        s.mention = bio(len(s.words), [((a, b), k) for a, b, k in s.mentions])
        kind = lambda i: "both" if i in event_ids and i in cue_ids else "event" if i in event_ids else "cue"
        s.predicate = bio(len(s.words), [(w, kind(i)) for i, w in preds.items()])
        s.condition = bio(len(s.words), conds)
        for i, w in preds.items():
            p = dict(span=w, type=None, mode=None, status=None, contexts=None, ledger=None, roles={}, speech={}, event=i in event_ids, cue=i in cue_ids)
            for _, ei, typ, status, keys in events:
                if ei != i: continue
                t, _, mode = typ.partition("/")
                p.update(type=t, mode=f"{t}/{mode}" if mode else "-", status=status, contexts=[c for c in keys.get("ctx", "").split(",") if c],
                         ledger=keys.get("led", "-"))
                for role in ("rec", "act", "place", "date"):
                    for m in filter(None, keys.get(role, "").split(",")):
                        if m in mentions: p["roles"][mentions[m]] = role
            for _, ci, keys in cues:
                if ci != i: continue
                for role in ("add", "spk"):
                    for m in filter(None, keys.get(role, "").split(",")):
                        if m in mentions: p["speech"][mentions[m]] = role
            s.preds.append(p)
        out.append(s)
    return out


def standoff(labels, texts, binary=None):
    """Real sentences whose labels are in the repository (`corpus/standoff/`) and whose text is in the rows `texts`."""
    known = {r["id"]: r["text"] for r in texts}
    records = [r for r in store.rows(ROOT / "corpus/standoff" / labels) if r["id"] in known]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as f:
        f.write("\n".join(store.unpack(records, known)) + "\n"); f.flush()
        return corpus([f.name], binary)


def marked(sentence, source, target, root):
    """The sentence with `@` around the source and `#` around the target (word spans or None): how the relation head sees an actor pair."""
    words, spans = [], {"@": None, "#": None}
    for i in range(len(sentence.words) + 1):
        for mark, span in (("@", source), ("#", target)):
            if span and span[1] == i: words.append(mark); spans[mark] = (spans[mark][0], len(words))
        for mark, span in (("@", source), ("#", target)):
            if span and span[0] == i: spans[mark] = (len(words), None); words.append(mark)
        if i < len(sentence.words): words.append(sentence.words[i])
    return Sentence(words, pair=(spans["@"], spans["#"], root), group=sentence.group, text=sentence.text)


def split(sentences, dev_share=0.12, test_share=0.12):
    """Train, dev and test by the hash of the document group: no document is in two of them."""
    parts = {"train": [], "dev": [], "test": []}
    for s in sentences:
        x = int(hashlib.sha256(s.group.encode()).hexdigest()[:8], 16) / 2**32
        parts["test" if x < test_share else "dev" if x < test_share + dev_share else "train"].append(s)
    return parts


QUIET = re.compile(r"(reviews|answers)-(?!20111107092617AAgKm4X)")  # EWT's restaurants, cats and telephones; the one left out is about a war


def conllu(path):
    """Sentences of a treebank; those that are surely not about politics teach also that nothing in them is a predicate."""
    out, words, upos, heads, quiet = [], [], [], [], False
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines() + [""]:
        if not line:
            if words: out.append(Sentence(words, upos=upos, heads=heads, predicate=["O"] * len(words) if quiet else None))
            words, upos, heads, quiet = [], [], [], False
        elif line.startswith("# sent_id = "): quiet = bool(QUIET.match(line.removeprefix("# sent_id = ")))
        elif not line.startswith("#"):
            c = line.split("\t")
            if c[0].isdigit():
                words.append(c[1]); upos.append(c[3] if c[3] in L.UPOS else "X"); heads.append(int(c[6]))
    return out


def with_ner(sentences, path):
    """Adds UNER tags to the UD sentences with the same words."""
    tags, words, by_words = [], [], {}
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines() + [""]:
        if not line:
            if words: by_words[tuple(words)] = tags
            words, tags = [], []
        elif not line.startswith("#"):
            c = line.split("\t")
            words.append(c[1]); tags.append(c[2] if c[2] in L.NER else "O")
    for s in sentences:
        s.ner = by_words.get(tuple(s.words))
    return sentences


def plv(path, binary=None):
    pairs, out = store.rows(path), []
    for r, offsets in zip(pairs, tokenise([r["text"] for r in pairs], binary)):
        spans = []
        for side in ("source", "target"):
            x = r[side]
            spans.append(words_of((x["start"], x["end"]), offsets) if x.get("start") is not None else None)
        out.append((r, marked(Sentence([r["text"][a:b] for a, b in offsets], group=r["id"], text=r["text"]), *spans, r["root"])))
    return out


def others(folder, binary=None):
    """What of the sets that are not ours `folder` has: `real` sentences with our labels, `relations` as (row, marked sentence), their sentences with our labels by fold (`plv`), `ud` and `ud dev`."""
    have = lambda name: folder and (folder / name).exists()
    out = {"real": [], "relations": [], "plv": {}, "ud": [], "ud dev": []}
    for labels, name in (("open.jsonl", "open_texts.jsonl"), ("ewt.jsonl", "ud_english_ewt/train.conllu")):
        if have(name): out["real"] += standoff(labels, store.rows(folder / name), binary)
    if have("relations_plv.jsonl"):
        out["relations"] = plv(folder / "relations_plv.jsonl", binary)
        out["plv"] = {k: standoff("plv.jsonl", [r for r, _ in out["relations"] if r["fold"] == k], binary) for k in sorted({r["fold"] for r, _ in out["relations"]})}
    if have("ud_english_ewt"):
        for key, part in (("ud", "train"), ("ud dev", "dev")):
            out[key] = with_ner(conllu(folder / f"ud_english_ewt/{part}.conllu"), folder / f"uner_english_ewt/{part}.iob2")
        out["ud"] = [s for s in out["ud"] if 3 <= len(s.words) <= 60]
    return out


def texts(folder, binary=None, kept=None):
    """All that is learned from: the parts of our corpus and the `others`. `kept`: a file that holds it all from an earlier call, or will."""
    if kept and kept.exists(): return pickle.loads(lzma.decompress(kept.read_bytes()))
    out = {**split(corpus(corpus_files(), binary)), **others(folder, binary)}
    if kept: kept.write_bytes(lzma.compress(pickle.dumps(out), preset=6))
    return out
