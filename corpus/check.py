#!/usr/bin/env python3
"""Check the corpus: format, codes, roles, near-duplicates, share of sentences without an event.

    python3 corpus/check.py [FILES...]      exit 1 with file:line: problem lines if anything is wrong
"""
import collections, pathlib, re, sys

HERE = pathlib.Path(__file__).resolve().parent
MODES = {
    "AGREE": "", "CONSULT": "visit third-party multilateral phone", "SUPPORT": "", "CONCEDE": "", "COOPERATE": "", "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign", "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege", "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize", "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons crowd-control unconventional",
    "NONE": "",
}
CONTEXTS = set("""military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal
reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory
peacekeeping health asylum migration disasters natural_resource environment technology terrorism cbrn cyber misinformation crime
corruption illegal_drugs trafficking""".split())
LEDGER = {k: set(v.split()) for k, v in {
    "dialogue": "proposed agreed launched active suspended resumed ended rejected",
    "meeting": "invited announced held postponed cancelled declined", "visit": "invited announced held postponed cancelled declined",
    "agreement": "proposed negotiation_agreed under_negotiation initialled signature_scheduled signed agreed ratified in_force amended suspended withdrawn expired terminated rejected stalled",
    "initiative": "proposed welcomed accepted rejected adopted implemented withdrawn lapsed",
    "commitment": "made agreed ongoing reaffirmed partly_fulfilled fulfilled broken withdrawn",
    "measure": "announced decided in_effect extended eased lifted", "sanction": "threatened imposed expanded eased lifted waived",
    "dispute": "raised negotiated mediated adjudicated settled dormant escalated",
    "position": "stated held expressed reaffirmed shifted denied", "possibility": "not_excluded ruled_out",
    "ceasefire": "proposed agreed in_force broken renewed ended", "relations": "established downgraded recalled severed restored",
    "project": "proposed expected agreed launched ongoing completed suspended", "press_event": "announced held published",
    "threat_assessment": "stated"}.items()}
# ISO3 as in knowledge/countries.tsv, predecessor states as CAMEO has them, and PLOVER's pseudo-countries
COUNTRIES = {line.split("\t")[0] for line in (HERE.parent / "knowledge/countries.tsv").read_text(encoding="utf-8").splitlines()[1:]}
COUNTRIES |= set("SUN YUG IGO UNO EUR NGO MNC IMG ISM".split())
KINDS = {"pe", "ro", "st", "or", "gr", "pn", "pl", "da"}
STATUS = set("ogpecnh")
OPEN = re.compile(r"\[([a-z]{1,2}):([a-z]{2})(?::([A-Za-z.+\-]+)(?:#(\d+))?)? |\{(\d|[s-v]) |<([ck]) ")


def plain(marked):
    """Marked sentence -> (text, spans); span = (class, id, kind, code, chain, start, end), class m/p/c."""
    text, spans, stack, i = "", [], [], 0
    while i < len(marked):
        ch = marked[i]
        if ch in "[{<":
            m = OPEN.match(marked, i)
            if not m:
                raise ValueError(f"bad mark at {marked[i:i+25]!r}")
            if m.group(1):
                stack.append(("m", m.group(1), m.group(2), m.group(3) or "-", m.group(4), len(text), "]"))
            elif m.group(5):
                stack.append(("p", m.group(5), None, None, None, len(text), "}"))
            else:
                stack.append(("c", m.group(6), None, None, None, len(text), ">"))
            i = m.end()
            continue
        if ch in "]}>":
            if not stack or stack[-1][6] != ch:
                raise ValueError(f"unmatched {ch!r} after {text[-20:]!r}")
            s = stack.pop()
            if not text[s[5]:].strip() or text[s[5]] == " " or text[-1] == " ":
                raise ValueError(f"empty span or space at the edge of a span near {text[-20:]!r}")
            spans.append((*s[:6], len(text)))
            i += 1
            continue
        text += ch
        i += 1
    if stack:
        raise ValueError(f"mark not closed: {stack[-1][:2]}")
    return text, spans


def read(path):
    """Yields (line number, document, text, spans, events, cues); raises nothing: problems come as (line, None, message)."""
    doc, item = None, None
    for n, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").split("\n"), 1):
        line = line.rstrip()
        try:
            if line.startswith("# doc "):
                if item: yield item
                item, doc = None, line[6:].strip()
            elif line.startswith("T "):
                if item: yield item
                item = None
                if not doc: raise ValueError("no '# doc NAME' before the first sentence")
                text, spans = plain(line[2:])
                item = (n, doc, text, spans, [], [])
            elif line.startswith(("E ", "S ")):
                if item is None: raise ValueError("no sentence above this line")
                parts = line.split()
                keys = dict(p.split("=", 1) for p in parts[2:] if "=" in p)
                if line[0] == "E":
                    if len(parts) < 4: raise ValueError("E line needs: id TYPE STATUS")
                    item[4].append((n, parts[1], parts[2], parts[3], keys))
                else:
                    item[5].append((n, parts[1], keys))
            elif line and not line.startswith("#"):
                raise ValueError(f"unknown line {line[:30]!r}")
        except ValueError as e:
            yield (n, None, str(e))
    if item: yield item


def problems(item):
    n, _, text, spans, events, cues = item
    mentions = {}
    for c, i, kind, code, _, s, e in spans:
        if c == "m":
            if i in mentions: yield n, f"mention id {i!r} twice"
            mentions[i] = kind
            if kind not in KINDS: yield n, f"unknown mention kind {kind!r}"
            for country in set(code.split(".")[0].split("+")) - {"-"} - COUNTRIES: yield n, f"unknown country {country!r} in code {code!r}"
    preds = {i for c, i, *_ in spans if c == "p"}
    conds = {i for c, i, *_ in spans if c == "c"}
    seen = set()
    for ln, i, typ, status, keys in events:
        seen.add(i)
        t, _, mode = typ.partition("/")
        if t not in MODES: yield ln, f"unknown type {t!r}"
        elif mode and mode not in MODES[t].split(): yield ln, f"unknown mode {mode!r} of {t}"
        if status not in STATUS: yield ln, f"unknown status {status!r}"
        if i not in preds: yield ln, f"no predicate {{{i} ...}} in the sentence"
        for k, v in keys.items():
            if k in ("act", "rec", "place", "date", "said"):
                for x in v.split(","):
                    if x not in mentions: yield ln, f"{k}={x}: no such mention"
                    elif k == "date" and mentions[x] != "da": yield ln, f"date={x} is not a da mention"
                    elif k in ("act", "rec", "said") and mentions[x] in ("da",): yield ln, f"{k}={x} is a date"
            elif k == "cond":
                if v not in conds: yield ln, f"cond={v}: no <{v} ...>"
            elif k == "ctx":
                for x in v.split(","):
                    if x not in CONTEXTS: yield ln, f"unknown context {x!r}"
            elif k == "led":
                kind, _, st = v.partition("/")
                if kind not in LEDGER: yield ln, f"unknown ledger kind {kind!r}"
                elif st not in LEDGER[kind]: yield ln, f"status {st!r} is not of {kind} ({' '.join(sorted(LEDGER[kind]))})"
            else:
                yield ln, f"unknown key {k!r}"
    for ln, i, keys in cues:
        seen.add(i)
        if i not in preds: yield ln, f"no cue {{{i} ...}} in the sentence"
        for k, v in keys.items():
            if k not in ("spk", "add"): yield ln, f"unknown key {k!r}"
            else:
                for x in v.split(","):
                    if x not in mentions: yield ln, f"{k}={x}: no such mention"
    for i in preds - seen:
        yield n, f"predicate {{{i} ...}} has no E or S line"


def files(args):
    return [pathlib.Path(a) for a in args] or sorted(HERE.glob("sentences/*.txt")) + sorted(HERE.glob("articles/*.txt"))


def main(args):
    bad, total, quiet, types = 0, 0, 0, collections.Counter()
    shingles, docs = collections.defaultdict(set), {}
    for f in files(args):
        for item in read(f):
            if item[1] is None:
                bad += 1; print(f"{f}:{item[0]}: {item[2]}"); continue
            total += 1
            n, doc, text = item[:3]
            if docs.setdefault(doc, f) != f:
                bad += 1; print(f"{f}:{n}: document {doc!r} is also in {docs[doc]}")
            for ln, p in problems(item):
                bad += 1; print(f"{f}:{ln}: {p}")
            real = [e for e in item[4] if not e[2].startswith("NONE")]
            quiet += not real
            types.update(e[2].partition("/")[0] for e in item[4])
            words = re.findall(r"[a-z']+", text.lower())
            grams = {" ".join(words[i:i + 4]) for i in range(len(words) - 3)}
            hits = collections.Counter(k for g in grams for k in shingles[g])
            for k, c in hits.most_common(1):
                if grams and c / len(grams) > 0.55:
                    bad += 1; print(f"{f}:{n}: nearly the same sentence as {k}")
            for g in grams: shingles[g].add(f"{f.name}:{n}")
    print(f"{total} sentences, {len(docs)} documents, {100 * quiet / max(1, total):.0f}% without an event; " + ", ".join(f"{t} {c}" for t, c in types.most_common()))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
