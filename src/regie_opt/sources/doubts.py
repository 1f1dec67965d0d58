"""What an import must tell: what became of every arrangement, and every doubt, in Dutch and English."""

from dataclasses import dataclass
from typing import Literal

from regie_opt.loading import plausible
from regie_opt.schema.strict import Label

Outcome = Literal["taken", "lapsed", "future", "elsewhere", "reported", "doubt", "read"]
"""What became of it; `doubt` is a remark on something that was taken, `read` says what was taken from a file."""


def _both(nl: str, en: str) -> Label:
    return Label(nl=nl, en=en)


OUTCOMES: dict[Outcome, Label] = {
    "taken": _both("overgenomen", "taken"),
    "lapsed": _both("vervallen", "lapsed"),
    "future": _both("nog niet in werking", "not yet in force"),
    "elsewhere": _both("buiten de regio", "outside the region"),
    "reported": _both("niet overgenomen", "not taken"),
    "doubt": _both("twijfel", "doubt"),
    "read": _both("gelezen", "read"),
}

REASONS: dict[str, Label] = plausible.REASONS | {
    "taken": _both("in inventory.yaml als {keys}", "in inventory.yaml as {keys}"),
    "lapsed": _both("uit werking sinds {end}", "no longer in force since {end}"),
    "future": _both("in werking vanaf {start}", "in force from {start}"),
    "elsewhere": _both("geen deelnemer uit de regio", "no member of the region"),
    "alone": _both("minder dan twee verschillende deelnemers", "fewer than two distinct members"),
    "no_form": _both("samenwerkingsvorm '{found}' onbekend", "form '{found}' is not known"),
    "twice": _both("staat twee keer in het register; de eerste telt", "twice in the register; the first counts"),
    "unreadable": _both("{field}: gevonden '{found}', niet te lezen", "{field}: found '{found}', cannot be read"),
    "undated": _both("geen datum van inwerkingtreding", "no date of entry into force"),
    "merged": _both("{old} ging op in {new}", "{old} merged into {new}"),
    "divided": _both(
        "{code} is verdeeld ({where}); als deelnemer zonder inwoners buiten de regio geteld",
        "{code} was divided ({where}); counted as a member outside without inhabitants",
    ),
    "code_unknown": _both(
        "{code} ({name}) staat niet in het bevolkingsbestand; als deelnemer zonder inwoners geteld",
        "{code} ({name}) is not in the population file; counted as a member without inhabitants",
    ),
    "nameless": _both("{count} deelnemer(s) zonder naam of code", "{count} member(s) without name or code"),
    "no_domain": _both(
        "domein onbekend: telt alleen voor drukte, tot iemand het domein invult",
        "domain unknown: counts for burden only, until somebody fills it in",
    ),
    "by_title": _both("domein {domains} afgeleid uit de titel", "domain {domains} inferred from the title"),
    "by_area": _both(
        "domein {domains} afgeleid uit het beleidsterrein", "domain {domains} inferred from the policy area"
    ),
    "part": _both("doet een deel van {domains}: staat ernaast", "does part of {domains}: stands beside"),
    "broad": _both(
        "beleidsterreinen van {domains}: te breed om een domein te kiezen",
        "policy areas of {domains}: too broad to choose a domain",
    ),
    "unlawful": _both(
        "de vorm {form} mag {domain} niet dragen ({why}): domein weggelaten",
        "the form {form} may not carry {domain} ({why}): domain left out",
    ),
    "second_statutory": _both(
        "{domain} van {member} zit al in {other}: deze staat ernaast",
        "{domain} of {member} is already in {other}: this one stands beside",
    ),
    "statutory_part": _both(
        "{domain} is opgelegd door de wet: als vast opgenomen", "{domain} is imposed by law: taken as frozen"
    ),
    "imposed_lacking": _both(
        "door de wet opgelegd, en geen regeling gevonden die dit draagt voor {count} gemeente(n): {names}; wellicht "
        "deel van een regeling met een andere naam",
        "imposed by law, and no arrangement found that carries it for {count} municipality(ies): {names}; perhaps part "
        "of one with another name",
    ),
    "host_keeper": _both(
        "{host} als centrum afgeleid uit de bronhouder", "{host} as centre inferred from the register's keeper"
    ),
    "host_largest": _both(
        "centrumgemeente onbekend: {host} genomen (de grootste deelnemer uit de regio)",
        "centre unknown: {host} taken (the largest member of the region)",
    ),
    "host_outside": _both(
        "centrum is waarschijnlijk {keeper}, buiten de regio: {host} staat ervoor (de grootste deelnemer)",
        "centre is probably {keeper}, outside the region: {host} stands for it (the largest member)",
    ),
    "mandate": _both(
        "regeling zonder meer met mandaat: als centrumregeling gelezen",
        "arrangement without organ, with a mandate: read as a centre arrangement",
    ),
    "successor": _both(
        "opvolger {other} is ook in werking: telt wellicht dubbel",
        "successor {other} is in force too: possibly counted twice",
    ),
    "shares": _both(
        "verdeelsleutel uit het register; de deelnemers uit de regio dragen daarin ongeveer {percent} procent",
        "shares in the costs taken from the register; the members of the region carry about {percent} per cent of it",
    ),
    "shares_lacking": _both(
        "verdeelsleutel in het register onvolledig ({codes}): niet overgenomen",
        "shares in the costs incomplete in the register ({codes}): not taken",
    ),
    "no_spending": _both(
        "geen regels in het Iv3-bestand van {year}: voor elk domein telt het landelijk bedrag per inwoner van "
        "het model, tot iemand de uitgaven in region.yaml invult",
        "no rows in the Iv3 file of {year}: for every domain the national amount per inhabitant of the model counts, "
        "until somebody fills in the spending in region.yaml",
    ),
    "no_inhabitants": _both(
        "staat in het grenzenbestand, niet in het bevolkingsbestand: niet opgenomen",
        "is in the boundaries file, not in the population file: not taken",
    ),
    "name_unknown": _both(
        "{count} inwoners in het bevolkingsbestand, en geen gemeente van die naam in het grenzenbestand: niet geteld",
        "{count} inhabitants in the population file, no municipality of that name in the boundaries file: not counted",
    ),
    "inhabitants_column": _both(
        "inwoners uit de kolom '{column}', jaar {year}", "inhabitants from the column '{column}', year {year}"
    ),
    "spending_column": _both(
        "uitgaven uit de kolom '{column}' ({kind} {year}), in duizenden euro",
        "spending from the column '{column}' ({kind} {year}), in thousands of euro",
    ),
    "no_field": _both(
        "taakveld van {domains} zonder een enkele regel met lasten in het Iv3-bestand",
        "task field of {domains} without a single row of expenditure in the Iv3 file",
    ),
    "no_usual": _both(
        "bij de meeste gemeenten geen lasten in het Iv3-bestand: het landelijke bedrag per inwoner van het model telt",
        "no expenditure of most municipalities in the Iv3 file: the national amount per inhabitant of the model counts",
    ),
    "share_total": _both(
        "verdeelsleutels tellen op tot {total} procent: niet overgenomen",
        "shares in the costs add up to {total} per cent: not taken",
    ),
    "dates": _both(
        "uit werking ({end}) voor het in werking trad ({start})",
        "no longer in force ({end}) before it came into force ({start})",
    ),
    "old": _both("in werking sinds {start}: klopt dat jaar?", "in force since {start}: is that year right?"),
    "overlap": _both("de grenzen van {a} en {b} overlappen elkaar", "the polygons of {a} and {b} overlap"),
    "bounded": _both(
        "{domain}: gemeld {found} euro, begrensd op {taken} euro",
        "{domain}: {found} euro reported, bounded at {taken} euro",
    ),
    "link": _both(
        "geen landgrens tussen {a} en {b}: verbinding van {km} km aangenomen",
        "no land border between {a} and {b}: a link of {km} km is assumed",
    ),
    "location": _both("geen grenzen in het bestand", "no boundaries in the file"),
    "judged_unused": _both(
        "in het bestand met oordelen, niet in de regio of niet in werking",
        "in the judgements file, not in the region or not in force",
    ),
    "judged_no_member": _both(
        "{host} in het bestand met oordelen neemt geen deel: niet overgenomen als centrumgemeente",
        "{host} in the judgements file takes no part: not taken as the host",
    ),
    "judged_no_host": _both(
        "{host} in het bestand met oordelen is niet overgenomen: de vorm {form} heeft geen centrumgemeente",
        "{host} in the judgements file was not taken: the form {form} has no host",
    ),
    "judged_link": _both(
        "{a} en {b} grenzen aan elkaar: de verbinding '{name}' in het bestand met oordelen is niet nodig",
        "{a} and {b} share a border: the link '{name}' in the judgements file is not needed",
    ),
    "region_from_register": _both(
        "indeling {division} afgeleid uit de deelnemers in het register",
        "division {division} inferred from the members in the register",
    ),
    "region_overlap": _both("staat in meer dan een {division}: {names}", "is in more than one {division}: {names}"),
}
"""Every reason, by key; `{...}` is filled in."""


@dataclass(frozen=True, order=True)
class Finding:
    """One line of the import report: about what, what became of it, and why."""

    subject: str
    """Register id, municipal code, or name of a region."""
    name: str
    outcome: Outcome
    reason: str
    """Key of REASONS."""
    details: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """Write the reason out, in `nl` or `en`."""
        return REASONS[self.reason].in_language(language).format(**dict(self.details))


def doubt(subject: str, name: str, reason: str, /, **details: str) -> Finding:
    """Make a remark on something that was taken."""
    return Finding(subject, name, "doubt", reason, tuple(sorted(details.items())))


def outcome(subject: str, name: str, what: Outcome, reason: str, /, **details: str) -> Finding:
    """Say what became of an arrangement."""
    return Finding(subject, name, what, reason, tuple(sorted(details.items())))
