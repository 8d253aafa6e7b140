#!/usr/bin/env python3
"""Writes knowledge/imported/* and knowledge/ontology/cameo.tsv from a reference folder, byte for byte the same each time.

    python3 training/import_knowledge.py REFERENCE [knowledge]

REFERENCE holds countries.csv, cameo.csv and kb/{countries,leaders,cities,agents,organisations,parties}.csv (see knowledge/SOURCES.toml).
Imported tables are never edited: corrections live in the hand-written files of knowledge/, which win. What is cleaned, and why:

  tenures   swapped dates put right; "~2017" (last seen) becomes an open end with that as-of year; rows whose name is not a name dropped;
            ambassadors, deputies, provincial heads and shadow posts dropped; offices re-classified from their title (the source's regular
            expressions call a provincial president a head of state); two spellings of one person merged, the others kept as aliases.
  cities    all 24,000 of 15,000 inhabitants or more, and all capitals; first-level divisions are summed up from them.
  roles     misspelt plurals ("armys") and forms that are no actors dropped; plurals made properly.
Python 3.9 or later, standard library only.
"""
import csv, os, re, sys, unicodedata
from collections import defaultdict

FOLD = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "ə": "a", "Ə": "A",
                      "ð": "d", "þ": "th", "ʼ": "", "ʻ": "", "’": "", "‘": "", "'": "", "`": "", "´": "", "-": " ", "–": " ", ".": " "})


def fold(name):
    name = unicodedata.normalize("NFKD", name.translate(FOLD))
    return " ".join("".join(c for c in name if not unicodedata.combining(c)).lower().split())


PARTICLES = {"al", "el", "as", "ash", "ad", "ar", "an", "az", "bin", "ibn", "ben", "de", "la", "da", "dos", "del", "van", "der", "von", "y", "e"}


def skeleton(token):
    """Consonants of a token, spelling doublets folded (Gadhafi = Qadhafi, Muhammad = Mohamed)."""
    for a, b in (("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "c"), ("q", "k"), ("c", "k"), ("z", "s"),
                 ("w", "v"), ("j", "y"), ("x", "ks")):
        token = token.replace(a, b)
    out = "a" if token[:1] in "aeiouy" else token[:1]
    for c in token[1:]:
        if c not in "aeiouyh'" and not out.endswith(c):
            out += c
    return out


def same_person(a, b):
    """Two spellings of one name, given that office, country and dates already agree."""
    ta = [t for t in fold(a).split() if t not in PARTICLES and len(t) > 1]
    tb = [t for t in fold(b).split() if t not in PARTICLES and len(t) > 1]
    if not ta or not tb:
        return False
    if set(ta) == set(tb):
        return True
    sa, sb = [skeleton(t) for t in ta], [skeleton(t) for t in tb]
    short, long_ = (sa, sb) if len(sa) <= len(sb) else (sb, sa)
    hits = sum(1 for s in short if s in long_)
    if any(len(x) < 3 and x in long_ and short_t not in (tb if short is sa else ta) for x, short_t in zip(short, ta if short is sa else tb)):
        return False  # two consonants are too little to call different spellings one
    return len(short) >= 2 and hits == len(short) or (len(short) >= 4 and hits >= len(short) - 1 and sa[0] == sb[0])


# Offices from their title: first match wins. Nothing that is subnational, a deputy or a ceremonial namesake may pass as a national office.
DEPUTY = re.compile(r"\b(deputy|vice|under|assistant|associate|parliamentary|delegate|junior|state secretary|shadow|opposition|second|third|"
                    r"minister of state|state minister|secretary of state for|secretary of state to|ministerial|private|cabinet of|military cabinet|"
                    r"adviser|advisor|attached|spoke\w*|intelligence|commission)\b", re.I)
JUNIOR = re.compile(r"\b(deputy (minister|secretary)|under[- ]?secretary|parliamentary (secretary|under)|state secretary|assistant (minister|secretary)|"
                    r"secretary of state (for|to)|shadow|vice[- ]minister|whip)\b", re.I)
SUBNATIONAL_DEPUTY = re.compile(r"manitoba|ontario|quebec|alberta|saskatchewan|new brunswick|nova scotia|columbia|yukon|nunavut|territories|"
                                r"queensland|victoria|tasmania|wales|scotland|northern ireland|australia$|province|region|republika srpska", re.I)
HOS = re.compile(r"(Acting |Interim |Federal |Transitional )?President( of the (Republic|Nation|Swiss Confederation|Russian Federation|United States))?|"
                 r"(King|Queen|Monarch|Emir|Amir|Sultan|Emperor|Grand Duke|Pope|Supreme Leader|Prince|Head of State|Chief of State)|monarch|emir|"
                 r"Captain Regent|Chair(man|person) of the Presidency.*|Co-prince|President of the Presidential Leadership Council|Yang di-Pertuan Agong")
HOG = re.compile(r"(Acting |Interim |Federal |Caretaker )?(Prime Minister|Premier|Chancellor|Taoiseach|Head of Government|Chief Executive)|"
                 r"Premier of the State Council|(Chair\w*|President|Prime Minister) of the Council of Ministers|President of the Government|"
                 r"Prime Minister (and|&) .*|Premier and Chair.*|Sultan and Prime Minister")
OFFICES = [
    ("DHOG", r"deputy prime minister|vice[- ]president\b|vice premier|deputy premier|vice chancellor|tánaiste|deputy chancellor"),
    ("SPOKES", r"spoke\w*person"),
    ("SPY", r"intelligence"),
    ("MILCHIEF", r"chief of (the )?(defen[cs]e|general|army|air|naval|navy|joint)|commander[- ]in[- ]chief|joint chiefs|chief of the \w+ staff"),
    ("FM", r"\b(minister|secretary|head)\b.*(foreign|external (affairs|relations)|international relations|european and international affairs)|"
           r"^foreign (secretary|minister)|^(cardinal )?secretary of state$|high representative for foreign|secretary for relations with states"),
    ("DEF", r"\b(minister|secretary)\b.*(defen[cs]e|armed forces)|^secretary of war|^defen[cs]e (secretary|minister)"),
    ("INT", r"\b(minister|secretary)\b.*(\binterior\b|home affairs|internal affairs|homeland security|public (safety|security))|^home secretary"),
    ("FIN", r"\b(minister|secretary)\b.*(financ|treasury|\beconom)|chancellor of the exchequer|^treasurer$"),
    ("JUS", r"\b(minister|secretary)\b.*\bjustice\b|attorney[- ]general|lord chancellor"),
]
OFFICES = [(k, re.compile(p, re.I)) for k, p in OFFICES]
BODIES = [("International Court of Justice", "ICJ"), ("United Nations", "UN"), ("World Trade Organization", "WTO")]
IGO = {"European Union": "EU", "African Union": "AU"}
REALMS = {"CAN", "AUS", "NZL", "JAM", "PNG", "SLB", "TUV", "BHS", "BLZ", "GRD", "LCA", "VCT", "KNA", "ATG", "BRB"}  # share the British monarch
LEGISLATURE = re.compile(r"^(President|Speaker|Chair\w*) of the (National (Assembly|Council|Legislat\w*|Congress)|Legislative (Assembly|Council|Yuan)|House|Senate|"
                         r"Chamber|Parliament|Federal Assembly|People|Storting|Riigikogu|Riksdag|Folketing|Congress|Bundestag|Knesset|Sejm|State Duma|Federation Council|Verkhovna)")


def office_of(title, role, country):
    """Our office key for a title, or None to drop the row."""
    t = re.sub(r"\s+", " ", title).strip()
    if country.startswith("IGO:"):
        return {"FM": "FM"}.get(role, "HEAD")
    if role in ("AMB", "SHADOW") or JUNIOR.search(t):
        return None
    if role == "SUBNAT":
        if country == "USA" and t.startswith("Governor of"):
            return "GOVERNOR"
        return "GOVGEN" if re.match("Governor[ -]General", t) else None
    if LEGISLATURE.match(t):
        return "SPEAKER"
    if role == "LEG":
        return "MP" if country == "USA" else None
    if role == "JUD":
        return "CJ" if re.match(r"(Chief Justice|President of the (Supreme|Constitutional))", t) else None
    if role == "OTHER":
        return None
    if HOG.fullmatch(t) and not (country in ("CAN", "AUS", "ZAF") and t == "Premier"):
        return "HOG"
    if HOS.fullmatch(t):
        monarch = re.match("King|Queen|Monarch|monarch", t)
        return None if monarch and country in REALMS or t == "Prince" and country not in ("MCO", "LIE") else "HOS"
    for key, pattern in OFFICES:
        if pattern.search(t):
            if key == "FM" and re.search(r"foreign trade$", t, re.I):
                return "MIN"
            if key == "DHOG" and SUBNATIONAL_DEPUTY.search(t):
                return None
            if key in ("FM", "DEF", "INT", "FIN", "JUS") and DEPUTY.search(t):
                return "MIN"
            return key
    if role == "MILCHIEF":
        return "MILCHIEF" if re.search(r"army|navy|naval|air|military|defen[cs]e|forces|general staff", t, re.I) and "president" not in t.lower() else "MIN"
    if role in ("HEIR", "CENTRALBANK", "SEC", "POLICE"):
        return role
    return "MIN" if role in ("MIN", "FIN", "FM", "DEF", "INT", "JUS") else None


def latin(name):
    return all(unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha())


def clean_name(name):
    name = re.sub(r"\s+", " ", name.replace("\u00a0", " ")).strip(" ;,.")
    name = re.sub(r"( also spelled .*|- Eng .*| - .*| -$|\\.\\.+$)", "", name)
    name = re.sub(r",? (Baroness|Baron|Viscount|Earl|Lord|Lady|Jr\.?|Sr\.?|Jnr)\b.*$", "", name) if "," in name else name
    if not name.isupper():
        name = re.sub(r"\b[A-Z][A-Z'-]{2,}\b", lambda m: m.group(0) if re.fullmatch("I+|IV|VI+|XIV", m.group(0)) else m.group(0).title(), name)
    return re.sub(r"\b(DE|DA|DOS|DEL|VON|VAN|DER|LA|EL|AL|BIN|DI|DU)\b", lambda m: m.group(0).lower(), name)


def is_name(name):
    words = name.split()
    bad = re.search(r"[;:/()\[\]0-9]|\b(government|territorial|vacant|council|charge|charg|ambassador|president|minister|none|the|and|since|office|embassy|unknown)\b", name, re.I)
    return bool(name) and latin(name) and not bad and len(words) <= 8 and words[0][0].isupper() and len(name) > 3


DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


def dates(row):
    start, end, asof = row["start"].strip(), row["end"].strip(), row["asof"].strip()
    if end.startswith("~"):
        asof, end = end[1:], ""
    start = start if DATE.match(start) else ""
    end = end if DATE.match(end) else ""
    if start and end and start > end and not start.startswith(end):
        start, end = end, start
    seen = re.search(r"(20\d\d(-\d\d){0,2})", row["source"])
    if not asof and not end and seen and row["source"].startswith("hand:seen"):
        asof = seen.group(1)
    if not asof and row["source"].startswith("hand"):
        asof = "2025-10"
    return start, end, asof


def tenures(reference, territories):
    rows = []
    with open(os.path.join(reference, "kb", "leaders.csv"), encoding="utf-8", newline="") as file:
        for r in csv.DictReader(file):
            office = office_of(r["office"], r["role"], r["country"])
            start, end, asof = dates(r)
            names = [clean_name(r["name"])] + [clean_name(a) for a in r["aliases"].split("|")]
            names = [n for n in names if is_name(n)]
            # a bare surname is no alias: it matches too much. The factbook's "aliases" are guesses at the surname: keep those with the first name
            names = [n for n in names[:1] + [a for a in names[1:] if " " in a and not re.match(r"\w\. ", a)
                                             and (not r["source"].startswith("cia") or fold(a).split()[0] == fold(names[0]).split()[0])]
                     if " " in n or r["person_id"] or r["source"].startswith("hand")]
            if not office or not names or (end and end < "1990"):
                continue
            country = r["country"]
            if country == "IGO":
                body = next((body for word, body in BODIES if word in r["office"]), None)
                if not body:
                    continue
                country, office = "IGO:" + body, "CJ" if body == "ICJ" else "HEAD"
            if country in territories and office in ("HOS", "GOVGEN", "HOG"):
                continue  # a dependency's head of state is the sovereign's
            if (country, office) == ("SAU", "HOS") and "Salman" in names[0] and names[0].startswith("Moham"):
                continue  # the source takes the crown prince for the king
            if country.startswith("IGO:"):
                country = "IGO:" + IGO.get(country[4:], country[4:])
            source = "wikidata" if r["source"].startswith("wikidata") else "factbook" if r["source"].startswith("cia") else \
                "hand" if r["source"].startswith("hand") else "congress" if r["source"].startswith("congress") else "openaustralia"
            if source == "hand" and "to-verify" in r["source"]:
                source = "hand:to-verify"
            if source == "openaustralia":
                continue  # its licence is unclear; the same people are in Wikidata
            rows.append(dict(qid=r["person_id"], names=list(dict.fromkeys(names)), country={"XKX": "KOS"}.get(country, country), office=office,
                             title=re.sub(r"\s+", " ", r["office"]).strip(), start=start, end=end, asof=asof, source=source))
    return merge(rows)


def overlap(a, b):
    """Whether two tenures can be one: starts within about two months, or one inside the other."""
    if a["start"][:7] == b["start"][:7] and a["start"]:
        return True
    ea, eb = a["end"] or a["asof"] or "9", b["end"] or b["asof"] or "9"
    return a["start"] <= eb and b["start"] <= ea


def merge(rows):
    parent = list(range(len(rows)))

    def find(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    by_qid, by_name, by_office = {}, {}, defaultdict(list)
    for i, r in enumerate(rows):
        if r["qid"]:
            parent[find(i)] = find(by_qid.setdefault(r["qid"], i))
    for i, r in enumerate(rows):
        for n in r["names"]:
            key = (r["country"], " ".join(sorted(fold(n).split())))
            if len(fold(n).split()) < 2:
                continue
            j = by_name.setdefault(key, i)
            if not (r["qid"] and rows[j]["qid"] and r["qid"] != rows[j]["qid"]):
                parent[find(i)] = find(j)
    for i, r in enumerate(rows):
        if r["office"] in ("HOS", "HOG", "FM", "DEF", "INT", "FIN", "JUS", "DHOG", "HEIR"):
            by_office[(r["country"], r["office"])].append(i)
    for members in by_office.values():
        for x, i in enumerate(members):
            for j in members[:x]:
                if find(i) != find(j) and not (rows[i]["qid"] and rows[j]["qid"]) and overlap(rows[i], rows[j]):
                    if any(same_person(a, b) for a in rows[i]["names"] for b in rows[j]["names"]):
                        parent[find(i)] = find(j)
    groups = defaultdict(list)
    for i in range(len(rows)):
        groups[find(i)].append(rows[i])
    people, out = [], []
    for group in groups.values():
        group.sort(key=lambda r: (not r["qid"], r["start"], r["title"]))
        qid = next((r["qid"] for r in group if r["qid"]), "")
        ranked = sorted({n for r in group for n in r["names"]}, key=lambda n: (-sum(n in r["names"][:1] for r in group), n))
        seen, names = set(), []
        for n in [group[0]["names"][0]] + ranked:
            if fold(n) not in seen:
                seen.add(fold(n))
                names.append(n)
        people.append((names[0], qid, names[1:5], group))
    people.sort(key=lambda p: (fold(p[0]), p[1], p[3][0]["country"], p[3][0]["start"]))
    for name, qid, aliases, group in people:
        best = {}
        for r in group:  # the same tenure from two sources: keep the one with the most exact dates
            key = (r["country"], r["office"], r["title"] if r["office"] == "MIN" else "", r["start"][:4])
            old = best.get(key)
            rank = (len(r["start"]) + len(r["end"]), r["asof"])
            if old is None or rank > old[0]:
                best[key] = (rank, r)
        for _, r in sorted(best.values(), key=lambda x: (x[1]["start"], x[1]["country"], x[1]["office"], x[1]["title"])):
            out.append((name, qid, "|".join(aliases), r["country"], r["office"], r["title"], r["start"], r["end"], r["asof"] if not r["end"] else "", r["source"]))
    return out


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(header) + "\n")
        for row in rows:
            cells = [str(c) for c in row]
            assert not any("\t" in c or "\n" in c for c in cells), cells
            file.write("\t".join(cells) + "\n")
    print(f"{path}: {len(rows)} rows, {os.path.getsize(path)} bytes")


def read(reference, *path):
    with open(os.path.join(reference, *path), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places(reference, capitals):
    cities, admin = [], defaultdict(lambda: [0.0, 0.0, 0, 0])
    for r in read(reference, "kb", "cities.csv"):
        pop, lat, lon, iso = int(r["population"] or 0), float(r["lat"]), float(r["lon"]), {"XKX": "KOS"}.get(r["iso3"], r["iso3"])
        name, ascii_ = r["name"].strip(), r["ascii"].strip()
        if r["admin1"] and r["admin1"] != name:
            a = admin[(r["admin1"], iso)]
            a[0] += lat * max(pop, 1); a[1] += lon * max(pop, 1); a[2] += max(pop, 1); a[3] += 1
        if pop >= 15_000 or (iso, fold(ascii_)) in capitals:
            cities.append((ascii_ if latin(ascii_) else name, name if fold(name) != fold(ascii_) else "", iso, r["admin1"], f"{lat:.4f}", f"{lon:.4f}", pop))
    cities.sort(key=lambda c: (c[2], fold(c[0]), -c[6], c[4]))
    strip = re.compile(r"^(Provincia de |Province of |Departamento de |Imārat |Muḩāfaz̧at |Wilāyat |Gouvernorat de |Région de |Powiat |Ostān-e )|"
                       r"( Province| Region| District| County| Governorate| Oblast'?| Krai| Prefecture| Department| Voivodeship| Rayon| State)$")
    rows = [(strip.sub("", n), iso, f"{a[0] / a[2]:.2f}", f"{a[1] / a[2]:.2f}", a[2]) for (n, iso), a in admin.items()]
    plain = re.compile(r"(central|north\w*|south\w*|east\w*|west\w*|upper|lower|capital|national|federal|lake|lakes|nord|sud|est|ouest|centre|littoral|union|"
                       r"unity|mary|victoria|grand|saint \w+|st \w+|the \w+|new territory|central \w+|eastern \w+|western \w+|bay of plenty|hill|river|rivers|"
                       r"plateau|delta|coast|savanes|maritime|plateaux|collines|boucle|hauts|cross river|gold coast|colon|sofia|madrid|florida|kent|paris)", re.I)
    rows = [r for r in rows if not plain.fullmatch(fold(r[0])) or r[1:2] in (("USA",),)]
    rows = [r for r in rows if len(r[0]) > 3 and latin(r[0]) and not re.search(r"[(),/0-9]", r[0])]
    rows.sort(key=lambda r: (r[1], fold(r[0]), r[2]))
    return cities, rows


# Forms of the source that mislead more often than they help in news text.
NO_ACTORS = {"telecom", "telecoms", "television", "televisions", "tv", "tvs", "settlement", "settlements", "waiter", "waiters", "boss", "bosses", "hunter",
             "hunters", "captain", "captains", "convict", "doc", "man", "native", "natives", "naturalized", "vip", "website", "websites", "blog", "blogs",
             "retired", "tourer", "tourers", "fisher", "fishers", "granger", "grangers", "hebrew", "hebrews", "state-owned", "operative", "operatives",
             "publication", "publications", "neighborhood", "neighborhoods", "neighbourhood", "neighbourhoods", "polity", "religion", "religions"}


def roles(reference):
    out = {}
    for r in read(reference, "kb", "agents.csv"):
        form, sector = fold_role(r["form"]), r["plover"]
        sector = {"NGO": "SOC"}.get(sector, sector)
        if r["source"].startswith("chancery") or not form or sector in ("", "IGO", "IMG"):
            continue  # our own additions are in knowledge/roles.tsv
        if re.search(r"(ss|ys|ens|mens|sss)s?$", form) and re.search(r"(sss|ss$|[^aeiou]ys$|mens$|ens$)", form) and form not in ("congress", "press", "business"):
            continue  # machine plurals: armys, congresss, gunmens
        if re.match(r"(former|ex)[ -]", form) or re.search(r" (in|of|for|to|at|the|and|by|with|on)$", form) or form in NO_ACTORS:
            continue
        if re.match(r"(minister|ministers|ministry|ministries|minist|secretary|secretaries|dept|department|departments|office|chief minister)\b.* ", form):
            continue  # "minister of X" is a rule of the linker, not a list
        if re.search(r"\d", form) or len(form) < 3 or form.startswith(("a ", "the ")):
            continue
        out.setdefault(form, sector)
    return sorted((form, sector) for form, sector in out.items())


def fold_role(form):
    return re.sub(r"\s+", " ", form.replace("_", " ")).strip().strip(".").lower()


def main():
    reference = sys.argv[1]
    knowledge = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "knowledge")
    imported, ontology = os.path.join(knowledge, "imported"), os.path.join(knowledge, "ontology")
    os.makedirs(imported, exist_ok=True)
    os.makedirs(ontology, exist_ok=True)

    facts = {r["plover_iso3"]: r for r in read(reference, "countries.csv")}
    kb = {{"XKX": "KOS"}.get(r["iso3"], r["iso3"]): r for r in read(reference, "kb", "countries.csv")}
    territories = {{"XKX": "KOS"}.get(iso, iso) for iso in kb} - set(facts) - {"DMA", "KOS"}
    blank = lambda v: v.strip() if v and v.strip() not in ("", "-") else ""
    write(os.path.join(imported, "countries.tsv"), ["iso3", "iso2", "cow", "cow3", "fips", "cameo", "wikidata", "name", "region", "source", "asof"],
          [(iso, blank(r["iso2"]), blank(facts.get(iso, {}).get("cow_num")), blank(facts.get(iso, {}).get("cow3")),
            blank(facts.get(iso, {}).get("fips10_4")) or blank(r["gec"]), blank(facts.get(iso, {}).get("cameo_un3")) or iso, blank(r["wikidata"]),
            r["name"], blank(r["region"]), "country-codes", "2026-05-15") for iso, r in sorted(kb.items())])

    write(os.path.join(imported, "tenures.tsv"), ["name", "qid", "aliases", "country", "office", "title", "from", "to", "asof", "source"], tenures(reference, territories))

    capitals = {(iso, fold(r["capital"])) for iso, r in kb.items() if r["capital"]}
    cities, admin = places(reference, capitals)
    write(os.path.join(imported, "cities.tsv"), ["name", "alt", "country", "admin1", "lat", "lon", "population"], cities)
    write(os.path.join(imported, "admin1.tsv"), ["name", "country", "lat", "lon", "population"], admin)
    write(os.path.join(imported, "roles.tsv"), ["form", "sector"], roles(reference))

    write(os.path.join(imported, "members.tsv"), ["org", "members", "source", "asof"],
          sorted((r["id"], r["members"].replace("XKX", "KOS"), "factbook", "2025") for r in read(reference, "kb", "organisations.csv")
                 if r["type"] == "IGO" and r["members"]))
    parties = sorted({(r["iso3"].replace("XKX", "KOS"), re.sub(r"\s+", " ", r["name"]).strip(), r["abbr"].strip()) for r in read(reference, "kb", "parties.csv")})
    parties = [p for p in parties if len(p[1]) > 5 and not re.search(r"[;:\[\]]|independent|coalition list", p[1], re.I) and p[1][0].isupper()]
    write(os.path.join(imported, "parties.tsv"), ["country", "name", "abbr", "source", "asof"], [p + ("factbook", "2025") for p in parties])

    cameo = [(r["code"], r["level"], r["parent"], r["root"], r["name"].capitalize() if r["name"].isupper() else r["name"], r["quad_gdelt"],
              r["goldstein"], r["plover"], r["plover_mode"], r["plover_context"].replace(";", "|")) for r in read(reference, "cameo.csv")]
    write(os.path.join(ontology, "cameo.tsv"), ["code", "level", "parent", "root", "name", "quad", "goldstein", "plover", "mode", "context"], sorted(cameo))


if __name__ == "__main__":
    main()
