"""The sheets of a workbook about figures and pairs: spending, staff, motives, relations and borders."""

from regie_opt.loading.workbook.kinds import YES_NO, Choice, Number, Text
from regie_opt.loading.workbook.layout import ITEM, Across, Column, Sheet, both
from regie_opt.loading.workbook.references import Reference
from regie_opt.loading.workbook.sheets_region import (
    AVERAGE,
    DOMAIN,
    EURO,
    FTE,
    MUNICIPALITY,
    NOTE,
    OTHER_PLACE,
    PLACE,
    SHARE,
)

PAST = Choice(
    {"success": both("geslaagd", "success"), "failure": both("mislukt", "failure")},
    choices="past",
)

_OF_MUNICIPALITY = Column(MUNICIPALITY, Reference("municipalities"), example=PLACE, width=26, required=True)
_OF_DOMAIN = Column(DOMAIN, Reference("domains"), example="wmo", width=30, required=True)
_MOTIVES = tuple(
    Column(title, Number(), (key,), unit=AVERAGE, example=example, width=18)
    for key, title, example in (
        ("vulnerability", both("Minder kwetsbaar", "Less vulnerability"), 1.5),
        ("quality", both("Kwaliteit", "Quality"), 1),
        ("cost", both("Kosten", "Cost"), 0.5),
        ("knowledge", both("Kennis", "Knowledge"), 1),
        ("power", both("Bestuurskracht", "Administrative power"), 1),
    )
)

SPENDING = Sheet(
    title=both("Uitgaven", "Spending"),
    task=both(
        "Uitgaven per gemeente en domein, in euro per jaar. Leeg: het landelijk gemiddelde per inwoner.",
        "Spending by municipality and domain, in euro per year. Empty: the national average per inhabitant.",
    ),
    where=("municipalities", _OF_MUNICIPALITY, "spending"),
    across=Across("domains", Number(format="#,##0.##"), EURO, example=(2_400_000, 11_300_000)),
    all_of="municipalities",
)

STAFF = Sheet(
    title=both("Formatie", "Staff"),
    task=both(
        "Mensen per gemeente en domein, eigen en ingehuurd, in voltijdsbanen (fte). Leeg: volgt uit de uitgaven.",
        "People by municipality and domain, own and hired, in full-time equivalents. Empty: derived from spending.",
    ),
    where=("municipalities", _OF_MUNICIPALITY, "staff"),
    across=Across("domains", Number(), FTE, example=(14.5, 52)),
    all_of="municipalities",
)

MOTIVES = Sheet(
    title=both("Motieven", "Motives"),
    task=both(
        "Hoe zwaar een motief voor een gemeente weegt: 1 is gemiddeld, 2 is dubbel, 0 is niet. Leeg is 1.",
        "How much a motive counts for a municipality: 1 is average, 2 is twice that, 0 is nothing. Empty is 1.",
    ),
    where=("municipalities", _OF_MUNICIPALITY, "motives"),
    columns=_MOTIVES,
    all_of="municipalities",
)

DOMAIN_MOTIVES = Sheet(
    title=both("Motieven per domein", "Motives by domain"),
    task=both(
        "Waar het in één domein anders ligt: een rij per gemeente en domein. Komt bovenop het blad Motieven (maal).",
        "Where it differs in one domain: a row by municipality and domain. It multiplies the sheet Motives.",
    ),
    where=("municipalities", _OF_MUNICIPALITY, "domain_motives", _OF_DOMAIN),
    columns=_MOTIVES,
)

_PAIR = (
    Column(MUNICIPALITY, Reference("municipalities"), ("between", 0), example=PLACE, width=26, required=True),
    Column(
        both("Andere gemeente", "Other municipality"),
        Reference("municipalities"),
        ("between", 1),
        example=OTHER_PLACE,
        width=26,
        required=True,
    ),
)

RELATIONS = Sheet(
    title=both("Relaties", "Relations"),
    task=both(
        "Wat u van twee gemeenten weet: een rij per paar. Zonder rij schat het model het vertrouwen.",
        "What you know of two municipalities: a row for each pair. Without one the model estimates trust.",
    ),
    where=("relations", ITEM),
    columns=(
        *_PAIR,
        Column(
            both("Vertrouwen", "Trust"),
            Number(percent=True),
            ("trust",),
            note=both("Vervangt de schatting van het model.", "Replaces the estimate of the model."),
            unit=SHARE,
            example=0.8,
        ),
        Column(
            both("Bekendheid", "Familiarity"),
            Number(percent=True),
            ("familiarity",),
            note=both("Hoe goed zij elkaar kennen.", "How well they know each other."),
            unit=SHARE,
            example=0.5,
        ),
        Column(
            both("Eerdere poging", "Earlier attempt"),
            PAST,
            ("past",),
            unit=both("geslaagd of mislukt", "success or failure"),
            example="success",
            width=20,
        ),
        Column(
            both("Veto", "Veto"),
            YES_NO,
            ("veto",),
            note=both("Zij gaan niet samen.", "They will not cooperate."),
            unit=both("ja of nee", "yes or no"),
            example=False,
        ),
        Column(NOTE, Text(), ("note",), width=60),
    ),
)

BORDERS = Sheet(
    title=both("Grenzen", "Borders"),
    task=both(
        "Welke gemeenten aan elkaar grenzen: een rij per paar. Een veer of tunnel telt.",
        "Which municipalities touch: a row for each pair. A ferry or tunnel counts.",
    ),
    where=("borders", ITEM),
    columns=(
        *_PAIR,
        Column(
            both("Lengte", "Length"),
            Number(),
            ("km",),
            note=both("Van de gemeenschappelijke grens.", "Of the common border."),
            unit=both("km", "km"),
            example=5.23,
        ),
    ),
)
