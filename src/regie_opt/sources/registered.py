"""What the register says of the arrangements that were taken, member by member, as a table for whoever checks them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from regie_opt.loading.csv_text import Language, csv_file, csv_text
from regie_opt.schema.strict import Label
from regie_opt.sources.country import Country
from regie_opt.sources.register import Arrangement, Member

_HEADINGS: dict[Language, tuple[str, ...]] = {
    "nl": (
        *("registernummer", "titel", "vorm", "bevoegdheden", "in werking", "uit werking", "beleidsterreinen"),
        *("deelnemer", "code in register", "gemeente nu", "uit de regio", "organen", "toegetreden", "verdeelsleutel %"),
    ),
    "en": (
        *("register id", "title", "form", "powers", "in force", "ended", "policy areas"),
        *("member", "code in register", "municipality now", "in the region", "organs", "joined", "share %"),
    ),
}
_YES, _NO = Label(nl="ja", en="yes"), Label(nl="nee", en="no")


@dataclass(frozen=True)
class Registered:
    """One member of one arrangement, as registered, with what became of its code."""

    arrangement: Arrangement
    member: Member
    today: str
    """Code of today's municipality; empty for another body."""
    is_inside: bool
    """Whether it is one of the region."""


def registered(country: Country, codes: Collection[str], taken: Collection[str]) -> Iterator[Registered]:
    """Yield the members of the arrangements with these register ids, by id."""
    inside = set(codes)
    for arrangement in sorted(country.register.arrangements, key=lambda a: a.id):
        for member in arrangement.members if arrangement.id in taken else ():
            today = country.knowledge.mergers.today(member.code) if member.code else ""
            yield Registered(arrangement, member, today, today in inside)


def registered_csv(rows: Collection[Registered], language: Language) -> str:
    """Write them as a CSV file; powers, areas and organs with `; ` between them."""
    return csv_file(csv_text([_HEADINGS[language], *(_cells(row, language) for row in rows)], language), language)


def _cells(row: Registered, language: Language) -> tuple[object, ...]:
    a, member = row.arrangement, row.member
    dates = (a.start or "", a.end or "")
    return (
        *(a.id, a.title, a.form, "; ".join(a.powers), *dates, "; ".join(a.areas)),
        *(member.name, member.code or "", row.today, (_YES if row.is_inside else _NO).in_language(language)),
        *("; ".join(member.organs), member.joined or "", "" if member.share is None else member.share),
    )
