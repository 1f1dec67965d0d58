"""The sheets of a workbook about choices: what counts, which rules hold, variants, and every other value."""

from regie_opt.loading.workbook.anything import Anything, PathText
from regie_opt.loading.workbook.kinds import YES_NO, Choice, KeyText, Number, Text
from regie_opt.loading.workbook.layout import LANGUAGE, Column, Sheet, both
from regie_opt.loading.workbook.references import Reference, References
from regie_opt.loading.workbook.sheets_region import PARTNERSHIP

_VALUE = both("Waarde", "Value")
_VALUE_NOTE = both(
    "Een getal, tekst, true of false; null haalt iets weg; een lijst als [a, b].",
    "A number, text, true or false; null removes something; a list as [a, b].",
)
_EXPLANATION = both("Omschrijving", "Description")

START = Sheet(
    title=both("Begin", "Start"),
    task=both("Regio en samenwerking invullen", "Fill in region and cooperation"),
    use="needed",
    where=(),
    upright=True,
    columns=(
        Column(
            both("Naam van het scenario", "Name of the scenario"),
            Text(),
            ("name",),
            note=both("Nodig.", "Needed."),
            required=True,
        ),
        Column(_EXPLANATION, Text(), ("description",), note=both("Mag leeg.", "May be empty.")),
        Column(
            both("Model", "Model"),
            Text(),
            ("model",),
            note=both("nl is het meegeleverde beslismodel.", "nl is the decision model that comes with regie-opt."),
        ),
        Column(
            both("Bron van de gemeentecijfers", "Source of the figures"),
            Text(),
            ("region_attribution",),
            note=both("Waar inwoners en uitgaven vandaan komen.", "Where inhabitants and spending come from."),
        ),
        Column(
            both("Bron van de inventaris", "Source of the inventory"),
            Text(),
            ("inventory_attribution",),
            note=both("Waar de samenwerkingsverbanden vandaan komen.", "Where the partnerships come from."),
        ),
    ),
)

STEPS = (
    both(
        "1. Vul eerst de groene bladen in: Gemeenten, dan Inventaris (een rij per samenwerkingsverband), "
        "dan Deelname (een x voor wie erin zit).",
        "1. Fill in the green sheets first: Municipalities, then Inventory (a row for each partnership), "
        "then Membership (an x for who is in it).",
    ),
    both(
        "2. De blauwe bladen zijn vrij: wat u leeg laat, vult het model aan met landelijke cijfers en schattingen.",
        "2. The blue sheets are free: what you leave empty the model fills with national figures and estimates.",
    ),
    both(
        "3. Rijen met eenheid, uitleg of voorbeeld in de eerste kolom worden niet gelezen; verborgen rijen wel.",
        "3. Rows with unit, note or example in the first column are not read; hidden rows are.",
    ),
    both(
        "4. Laat bladnamen en koppen staan. Typ getallen en tekst, geen formules.",
        "4. Leave sheet names and headings as they are. Type numbers and text, no formulas.",
    ),
    both(
        "5. Lees het bestand in. Wat niet klopt, hoort u met blad en cel:",
        "5. Read the file in. What is wrong you are told, with sheet and cell:",
    ),
)
COMMANDS = "     regie-opt import {file} mijn-regio   ·   regie-opt solve mijn-regio/scenario.yaml"
"""What to type once it is filled in."""

DOMAINS = Sheet(
    title=both("Domeinen", "Domains"),
    task=both(
        "De taken waarover het gaat. Zet in gebruik op nee wat niet meedoet; een gewicht van 2 telt dubbel.",
        "The tasks that it is about. Set in use to no for what takes no part; a weight of 2 counts twice.",
    ),
    where=("domains", Column(both("Sleutel", "Key"), KeyText(), width=22, required=True)),
    all_of="domains",
    columns=(
        Column(both("Naam", "Name"), Text(), ("name", LANGUAGE), width=36, prefilled=True),
        Column(both("In gebruik", "In use"), YES_NO, removes=True, unit=both("ja of nee", "yes or no")),
        Column(
            both("Gewicht", "Weight"),
            Number(),
            ("weight",),
            unit=both("1 is gemiddeld", "1 is average"),
            prefilled=True,
        ),
    ),
)

WEIGHTS = Sheet(
    title=both("Gewichten", "Weights"),
    task=both(
        "Hoe zwaar elk criterium telt: 0 is niet. Wat er staat, komt uit het model; een keuze is aan u.",
        "How much each criterion counts: 0 is not at all. What stands there comes from the model; the choice is yours.",
    ),
    where=("criteria", Column(both("Sleutel", "Key"), KeyText(), width=22, required=True)),
    all_of="criteria",
    columns=(
        Column(both("Naam", "Name"), Text(), ("name", LANGUAGE), width=36, prefilled=True),
        Column(
            both("Gewicht", "Weight"),
            Number(),
            ("weight",),
            unit=both("waarde per referentie", "value per reference amount"),
            prefilled=True,
            width=22,
        ),
    ),
)

RULE_KINDS = Choice(
    {
        "contiguity": both("Aaneengesloten", "Connected area"),
        "largest": both("Grootste omvang", "Largest membership"),
        "distance": both("Grootste afstand", "Largest distance"),
        "least_trust": both("Minste vertrouwen", "Least trust"),
        "forms": both("Alleen deze vormen", "Only these forms"),
        "apart": both("Niet samen", "Apart"),
        "without": both("Zonder dit verband", "Without this partnership"),
        "alone": both("Zelf doen", "Alone"),
        "together": both("Samen", "Together"),
        "keep": both("Gaat door", "Keep"),
        "end": both("Eindigt", "End"),
        "untouched": both("Blijft zoals het is", "Untouched"),
        "board_hours": both("Uren van het college", "Hours of the college"),
        "host_capacity": both("Ruimte van gastheren", "Capacity of hosts"),
        "most_partnerships": both("Meeste verbanden per gemeente", "Most partnerships each"),
        "most_changes": both("Meeste veranderingen", "Most changes"),
        "limit": both("Grens aan een criterium", "Limit on a criterion"),
    },
    choices="rule_kinds",
)

RULE_NOTES = {
    "contiguity": both("deelnemers van een nieuw verband grenzen aan elkaar", "members of a new partnership touch"),
    "largest": both("getal: hoogstens zoveel deelnemers", "number: at most this many members"),
    "distance": both("getal: hoogstens zoveel km tussen deelnemers", "number: at most this many km between members"),
    "least_trust": both(
        "getal: 0 tot 1; vorm mag leeg: voor elke vorm", "number: 0 to 1; form may be empty: every form"
    ),
    "forms": both("vormen; domeinen mag leeg: overal", "forms; domains may be empty: everywhere"),
    "apart": both("gemeenten; domeinen mag leeg: overal", "municipalities; domains may be empty: everywhere"),
    "without": both(
        "gemeenten: geen verband van precies deze; vorm en domeinen mogen leeg: elke vorm, overal",
        "municipalities: no partnership of exactly these; form and domains may be empty: any form, everywhere",
    ),
    "alone": both("gemeenten; domeinen mag leeg: alles", "municipalities; domains may be empty: everything"),
    "together": both("gemeenten en domeinen", "municipalities and domains"),
    "keep": both("samenwerkingsverband; leden en domeinen mogen veranderen", "partnership; members may change"),
    "end": both("samenwerkingsverband", "partnership"),
    "untouched": both("samenwerkingsverband", "partnership"),
    "board_hours": both("geen college gaat over zijn uren heen", "no college spends more hours than it has"),
    "host_capacity": both("niemand doet meer voor anderen dan zijn ruimte", "nobody does more for others than it can"),
    "most_partnerships": both("getal: hoogstens zoveel per gemeente", "number: at most this many each"),
    "most_changes": both("getal: hoogstens zoveel veranderingen", "number: at most this many changes"),
    "limit": both(
        "criterium, met hoogstens, minstens of allebei, in de eenheid van de beoordeling",
        "criterion, with at most, at least or both, in the unit of the assessment",
    ),
}
"""What each kind of rule needs, for the sheet with lists."""

RULES = Sheet(
    title=both("Regels", "Rules"),
    task=both(
        "Waaraan een voorstel moet voldoen: een rij per regel. Het blad Lijsten zegt wat elke soort nodig heeft.",
        "What a proposal must obey: a row for each rule. The sheet Lists says what each kind needs.",
    ),
    where=(
        "rules",
        Column(
            both("Naam", "Name"),
            KeyText(),
            note=both("Letters, cijfers, - en _", "Letters, digits, - and _"),
            example="omvang",
            width=28,
            required=True,
        ),
    ),
    columns=(
        Column(both("Soort", "Kind"), RULE_KINDS, ("kind",), example="largest", width=28, required=True),
        Column(
            both("Getal", "Number"),
            Number(percent=True),
            note=both("Deelnemers, km, vertrouwen of aantal.", "Members, km, trust or count."),
            example=6,
            by_kind={
                "largest": "members",
                "distance": "km",
                "least_trust": "trust",
                "most_partnerships": "number",
                "most_changes": "number",
            },
        ),
        Column(
            PARTNERSHIP,
            Reference("partnerships"),
            width=40,
            by_kind={"keep": "partnership", "end": "partnership", "untouched": "partnership"},
        ),
        Column(
            both("Gemeenten", "Municipalities"),
            References("municipalities"),
            note=both("Met ; ertussen.", "With ; between them."),
            width=36,
            by_kind=dict.fromkeys(("apart", "without", "alone", "together"), "members"),
        ),
        Column(
            both("Domeinen", "Domains"),
            References("domains"),
            note=both("Met ; ertussen.", "With ; between them."),
            width=30,
            by_kind=dict.fromkeys(("forms", "apart", "without", "alone", "together"), "domains"),
        ),
        Column(both("Vorm", "Form"), Reference("forms"), width=30, by_kind={"least_trust": "form", "without": "form"}),
        Column(
            both("Vormen", "Forms"),
            References("forms"),
            note=both("Met ; ertussen.", "With ; between them."),
            width=36,
            by_kind={"forms": "allow"},
        ),
        Column(both("Criterium", "Criterion"), Reference("criteria"), width=30, by_kind={"limit": "criterion"}),
        Column(both("Hoogstens", "At most"), Number(), width=14, by_kind={"limit": "at_most"}),
        Column(both("Minstens", "At least"), Number(), width=14, by_kind={"limit": "at_least"}),
    ),
)

VARIANTS = Sheet(
    title=both("Varianten", "Variants"),
    task=both(
        "Andere keuzes naast elkaar: een rij per variant. Wat er anders is, staat op het volgende blad.",
        "Other choices side by side: a row for each variant. What is different stands on the next sheet.",
    ),
    where=("variants", Column(both("Naam", "Name"), KeyText(), example="licht", width=24, required=True)),
    columns=(
        Column(_EXPLANATION, Text(), ("description",), example="Drukte telt dubbel.", width=60),
        Column(
            both("Begint bij", "Starts from"),
            Reference("variants"),
            ("parent",),
            note=both("Een andere variant; mag leeg.", "Another variant; may be empty."),
            width=24,
        ),
    ),
)

CHANGES = Sheet(
    title=both("Wijzigingen", "Changes"),
    task=both(
        "Wat elke variant verandert: het pad van een waarde en de nieuwe waarde.",
        "What each variant changes: the path of a value, and the new value.",
    ),
    where=(
        "variants",
        Column(both("Variant", "Variant"), Reference("variants"), example="licht", width=24, required=True),
        "changes",
        Column(both("Pad", "Path"), Text(), example="criteria.burden.weight", width=40, required=True),
    ),
    columns=(Column(_VALUE, Anything(), note=_VALUE_NOTE, example=1, width=60, required=True),),
)

OTHER = Sheet(
    title=both("Overig", "Other"),
    task=both(
        "Elke andere waarde die u anders wilt: pad en waarde. De paden toont regie-opt validate --resolved.",
        "Every other value that you want different: path and value. regie-opt validate --resolved shows the paths.",
    ),
    use="model",
    where=(
        Column(both("Pad", "Path"), PathText(), example=("domains", "ict", "staff_share"), width=50, required=True),
    ),
    columns=(Column(_VALUE, Anything(), note=_VALUE_NOTE, example=0.35, width=60, required=True),),
)
