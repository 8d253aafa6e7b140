"""Label sets, in the one order that training, weights and the Rust reader share (they travel in the weight file's metadata)."""
import pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "corpus"))
import check  # noqa: E402  the corpus checker owns modes, contexts, kinds and ledger statuses

TYPES = [t for t in check.MODES if t != "NONE"] + ["NONE"]
ORDER = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT NONE".split()
assert sorted(TYPES) == sorted(ORDER)
TYPES = ORDER
MODES = ["-"] + [f"{t}/{m}" for t in TYPES for m in check.MODES[t].split()]
STATUSES = list("ogpecnh")
CONTEXTS = sorted(check.CONTEXTS)
LEDGERS = ["-"] + sorted(check.LEDGER)
LEDGER_STATUSES = ["-"] + [f"{k}/{s}" for k in sorted(check.LEDGER) for s in sorted(check.LEDGER[k])]
KINDS = ["pe", "ro", "st", "or", "gr", "pn", "pl", "da"]
MENTION = ["O"] + [f"{b}-{k}" for k in KINDS for b in "BI"]
PREDICATE = ["O"] + [f"{b}-{k}" for k in ("event", "cue", "both") for b in "BI"]
CONDITION = ["O", "B", "I"]
NER = ["O"] + [f"{b}-{k}" for k in ("PER", "ORG", "LOC") for b in "BI"]
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
ROLES = ["-", "act", "rec", "place", "date"]
SPEECH = ["-", "spk", "add"]
ROOTS = TYPES  # the pair head knows the 16 types and NONE; PLV's YIELD is CONCEDE + RETREAT

QUAD = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3, "ACCUSE": 3,
        "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}
# PLOVER sectors that the corpus marks, after the one of those who have none.
SECTORS = "- GOV MIL CVL BUS REB COP OPP JRN LEG LAB JUD AGR REF REL CRM EDU PTY ELI SPY SOC MED PRM UAF".split()
