"""What is plausible of a Dutch municipality, wherever a figure comes from: YAML, a workbook or an official file.

What is doubtful is a `Doubt`, told in Dutch and English by whoever read the figure; what cannot be at all is refused
there, where the line is known. The bounds are wide: they find what was typed in another unit, not what is unusual.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from regie_opt.schema.strict import Label

FEWEST_INHABITANTS, MOST_INHABITANTS = 900, 1_000_000
"""Of a municipality; in 2025 the smallest had 968 and the largest 935,000 (CBS)."""
WEST, EAST, SOUTH, NORTH = 3.2, 7.3, 50.7, 53.6
"""Degrees of longitude and latitude between which the Netherlands lies."""
WIDEST = 1.5
"""Degrees that a municipality spans at most; the widest, with its water, spans under one."""
LEAST_PER_INHABITANT, MOST_PER_INHABITANT = 0.01, 5000.0
"""Euro a year that partners pay together per inhabitant; all that municipalities spend is about 4,000 (CBS, Iv3)."""
LEAST_OF_SPENDING, MOST_OF_SPENDING = 0.002, 20.0
"""A contribution as a part of what the members spend on its domains."""
LEAST_OF_USUAL, MOST_OF_USUAL = 1 / 30, 30.0
"""Spending on a domain as a part of what the model has for it; nationally nearly all lie between a fifth and five."""
FEWEST_BOARD_HOURS, MOST_BOARD_HOURS = 10.0, 20_000.0
"""Hours a year of a college for governing cooperation; a college of ten works some 20,000."""
MOST_HOURS = 100_000.0
"""Hours a year of one member for one partnership: fifty people."""
MOST_STAFF = 0.1
"""Full-time equivalents of one domain per inhabitant; all that municipalities spend would pay some 0.04."""
SEATS, COLLEGE = (9, 45), (2, 15)
"""Seats of a council (Gemeentewet art. 8), and mayor and aldermen."""
LONGEST_BORDER = 300.0
"""Kilometres."""
SAME_INHABITANTS = 3
"""Municipalities with one number of inhabitants: in 2025 there were no three."""


def _both(nl: str, en: str) -> Label:
    return Label(nl=nl, en=en)


REASONS: dict[str, Label] = {
    "few_inhabitants": _both(
        "{found} inwoners; de kleinste gemeente heeft er bijna duizend: staat het aantal in duizendtallen?",
        "found {found} inhabitants, where the smallest municipality has nearly 1,000: was it written in thousands?",
    ),
    "many_inhabitants": _both(
        "{found} inwoners; de grootste gemeente heeft er minder dan een miljoen",
        "found {found} inhabitants, where the largest municipality has under 1,000,000",
    ),
    "same_inhabitants": _both(
        "{count} gemeenten hebben elk {found} inwoners: is dat het aantal van hun regio?",
        "{count} municipalities have {found} inhabitants each: is that the number of their region?",
    ),
    "swapped": _both(
        "lengtegraad {lon} en breedtegraad {lat} lijken verwisseld: andersom ligt dit in Nederland",
        "found longitude {lon} and latitude {lat}, which fit the Netherlands only when swapped",
    ),
    "elsewhere_on_earth": _both(
        "lengtegraad {lon} en breedtegraad {lat} liggen buiten Nederland (3,2 tot 7,3 oost, 50,7 tot 53,6 noord)",
        "found longitude {lon} and latitude {lat}, outside the Netherlands (3.2 to 7.3 east, 50.7 to 53.6 north)",
    ),
    "wide": _both(
        "de grenzen lopen van {west} tot {east} graden oost en van {south} tot {north} graden noord: buiten Nederland "
        "of te ruim voor een gemeente",
        "its boundary runs from {west} to {east} degrees east and {south} to {north} degrees north: outside the "
        "Netherlands, or too wide for a municipality",
    ),
    "contribution_per_inhabitant": _both(
        "een bijdrage van {found} euro is {each} euro per inwoner van de deelnemers: in duizenden of miljoenen euro?",
        "found {found} euro, which is {each} euro per inhabitant of its members: was it written in thousands or "
        "millions of euro?",
    ),
    "contribution_of_spending": _both(
        "een bijdrage van {found} euro is {part} maal wat de deelnemers aan deze domeinen uitgeven: in duizenden of "
        "miljoenen euro?",
        "found {found} euro, which is {part} times what its members spend on its domains: was it written in thousands "
        "or millions of euro?",
    ),
    "spending": _both(
        "uitgaven aan {domain} van {found} euro zijn {part} maal het gebruikelijke per inwoner{more}: in duizenden of "
        "miljoenen euro?",
        "found {found} euro for {domain}, which is {part} times what is usual per inhabitant{more}: was it written in "
        "thousands or millions of euro?",
    ),
    "no_spending_at_all": _both(
        "geen uitgaven aan enig domein", "found 0 euro for every domain: does it spend nothing at all?"
    ),
    "staff": _both(
        "{found} voltijdsbanen (fte) voor {domain} op {inhabitants} inwoners: in uren of euro?",
        "found {found} full-time equivalents for {domain} with {inhabitants} inhabitants: were they hours or euro?",
    ),
    "board_hours": _both(
        "{found} uur per jaar van een college voor het besturen van samenwerking",
        "found {found} hours a year of a whole college for governing cooperation",
    ),
    "hours": _both(
        "{found} uur per jaar van een deelnemer aan een verband",
        "found {found} hours a year of one member for one partnership",
    ),
    "council_seats": _both(
        "{found} raadszetels; een raad heeft er 9 tot 45", "found {found} seats, where a council has 9 to 45"
    ),
    "college_members": _both("{found} collegeleden", "found {found} members of a college"),
    "border": _both("een grens van {found} km: in meters?", "found a border of {found} km: was it written in metres?"),
    "outside_inhabitants": _both(
        "{members} deelnemers met {found} inwoners samen",
        "found {members} members with {found} inhabitants together: was it written in thousands?",
    ),
    "thousands": _both("{written} is {found}; was {meant} bedoeld?", "{written} is {found}: did you mean {meant}?"),
}
"""Every reason to doubt, by key; `{...}` is filled in."""


@dataclass(frozen=True)
class Doubt:
    """What is allowed, and yet hardly possible of a Dutch municipality."""

    reason: str
    """Key of REASONS."""
    details: Mapping[str, str]

    def text(self, language: str) -> str:
        """Write it out, in `nl` or `en`."""
        return REASONS[self.reason].in_language(language).format(**self.details)


def inhabitants(found: int) -> Doubt | None:
    """Doubt a municipality that is smaller or larger than any there is."""
    if FEWEST_INHABITANTS <= found <= MOST_INHABITANTS:
        return None
    reason = "few_inhabitants" if found < FEWEST_INHABITANTS else "many_inhabitants"
    return Doubt(reason, {"found": str(found)})


def in_netherlands(lon: float, lat: float) -> bool:
    """Whether a point is in the Netherlands, or just outside."""
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def is_swapped(lon: float, lat: float) -> bool:
    """Whether a point is in the Netherlands only with latitude before longitude."""
    return in_netherlands(lat, lon) and not in_netherlands(lon, lat)


def place(lon: float, lat: float) -> Doubt | None:
    """Doubt a point outside the Netherlands: its coordinates were swapped, or it is elsewhere."""
    if in_netherlands(lon, lat):
        return None
    return Doubt("swapped" if is_swapped(lon, lat) else "elsewhere_on_earth", {"lon": f"{lon:g}", "lat": f"{lat:g}"})


def outline(bounds: tuple[float, float, float, float]) -> Doubt | None:
    """Doubt a boundary (west, south, east, north) outside the Netherlands, or wider than a municipality is."""
    west, south, east, north = bounds
    is_inside = in_netherlands(west, south) and in_netherlands(east, north)
    if is_inside and east - west <= WIDEST and north - south <= WIDEST:
        return None
    sides = zip(("west", "south", "east", "north"), bounds, strict=True)
    return Doubt("wide", {side: f"{degrees:.2f}" for side, degrees in sides})


def contribution(euro: float, inhabitants: int, spending: float | None) -> Doubt | None:
    """Doubt what members pay together, beside their inhabitants and what they spend on its domains (None: unknown)."""
    if euro == 0:
        return None
    each = euro / inhabitants
    if not LEAST_PER_INHABITANT <= each <= MOST_PER_INHABITANT:
        return Doubt("contribution_per_inhabitant", {"found": f"{euro:.12g}", "each": f"{each:.2g}"})
    part = euro / spending if spending else 1.0
    if not LEAST_OF_SPENDING <= part <= MOST_OF_SPENDING:
        return Doubt("contribution_of_spending", {"found": f"{euro:.12g}", "part": f"{part:.2g}"})
    return None


def spending(euro: Mapping[str, float], usual: Mapping[str, float], inhabitants: int) -> Doubt | None:
    """Doubt spending by domain, beside what is usual (euro per inhabitant); one doubt for all of a municipality."""
    if len(euro) > 1 and not any(euro.values()):
        return Doubt("no_spending_at_all", {})
    parts = {key: amount / (usual[key] * inhabitants) for key, amount in euro.items() if usual.get(key) and amount}
    odd = [key for key, part in parts.items() if not LEAST_OF_USUAL <= part <= MOST_OF_USUAL]
    if not odd:
        return None
    first = odd[0]
    more = f" (+ {', '.join(odd[1:])})" if len(odd) > 1 else ""
    found = {"domain": first, "found": f"{euro[first]:.12g}", "part": f"{parts[first]:.2g}", "more": more}
    return Doubt("spending", found)


def staff(fte: Mapping[str, float], inhabitants: int) -> Doubt | None:
    """Doubt staff by domain that no municipality of this size has; one doubt for all of it."""
    for domain, found in fte.items():
        if found > MOST_STAFF * inhabitants:
            return Doubt("staff", {"domain": domain, "found": f"{found:.12g}", "inhabitants": str(inhabitants)})
    return None


def outside(members: int, inhabitants: int) -> Doubt | None:
    """Doubt the inhabitants of members outside the region together; some of these are no municipality."""
    if inhabitants == 0 or FEWEST_INHABITANTS <= inhabitants <= members * MOST_INHABITANTS:
        return None
    return Doubt("outside_inhabitants", {"members": str(members), "found": str(inhabitants)})


def within(reason: str, found: float, least: float, most: float) -> Doubt | None:
    """Doubt a figure outside bounds."""
    return None if least <= found <= most else Doubt(reason, {"found": f"{found:.12g}"})


def board_hours(found: float) -> Doubt | None:
    """Doubt the hours that a college has for governing cooperation."""
    return within("board_hours", found, FEWEST_BOARD_HOURS, MOST_BOARD_HOURS)


def same_inhabitants(found: Collection[int]) -> Iterator[Doubt]:
    """Doubt a number of inhabitants that several municipalities have."""
    counts: dict[int, int] = {}
    for count in found:
        counts[count] = counts.get(count, 0) + 1
    for count, number in counts.items():
        if number >= SAME_INHABITANTS:
            yield Doubt("same_inhabitants", {"found": str(count), "count": str(number)})


_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def thousands(written: str) -> Doubt | None:
    """Doubt an amount with exactly three decimals, which people write for thousands: 500.000 is 500."""
    if not _THOUSANDS.fullmatch(written):
        return None
    return Doubt("thousands", {"written": written, "found": f"{float(written):g}", "meant": written.replace(".", "")})
