"""The sheets of a workbook that are needed: municipalities, partnerships, and who is in what."""

from regie_opt.loading.workbook.kinds import YES_NO, Code, Date, KeyText, Mark, Number, Text
from regie_opt.loading.workbook.layout import Across, Column, Sheet, both
from regie_opt.loading.workbook.references import Pairs, Reference, References

MUNICIPALITY = both("Gemeente", "Municipality")
PARTNERSHIP = both("Samenwerkingsverband", "Partnership")
DOMAIN = both("Domein", "Domain")
NOTE = both("Opmerking", "Note")
EURO = both("euro per jaar", "euro per year")
HOURS = both("uur per deelnemer per jaar", "hours per member per year")
FTE = both("fte", "fte")
SHARE = both("0 tot 1", "0 to 1")
EXAMPLE = both("Afvaldienst Drechtstreek", "Afvaldienst Drechtstreek")
"""The partnership of the example rows."""
PLACE, OTHER_PLACE = both("Dordrecht", "Dordrecht"), both("Zwijndrecht", "Zwijndrecht")
"""The municipalities of the example rows."""
AVERAGE = both("1 is gemiddeld", "1 is average")

MUNICIPALITIES = Sheet(
    title=both("Gemeenten", "Municipalities"),
    task=both(
        "Een rij per gemeente. Code, naam en inwoners zijn nodig; wat u verder leeg laat, schat het model.",
        "A row for each municipality. Code, name and inhabitants are needed; the model estimates what you leave empty.",
    ),
    use="needed",
    where=(
        "municipalities",
        Column(
            both("Code", "Code"),
            Code(),
            note=both(
                "Code van het CBS, of een eigen code. Het getal 505 wordt GM0505.",
                "Code of Statistics Netherlands, or one of your own. The number 505 becomes GM0505.",
            ),
            example="GM0505",
            required=True,
        ),
    ),
    columns=(
        Column(both("Naam", "Name"), Text(), ("name",), example=PLACE, width=26, required=True),
        Column(
            both("Inwoners", "Inhabitants"),
            Number(whole=True, format="#,##0"),
            ("population",),
            unit=both("inwoners", "inhabitants"),
            example=122847,
            required=True,
        ),
        Column(
            both("Lengtegraad", "Longitude"),
            Number(),
            ("location", "lon"),
            note=both(
                "Midden van de gemeente, voor reisafstand en vertrouwen.",
                "Centre of the municipality, for travel distance and trust.",
            ),
            unit=both("graden oost", "degrees east"),
            example=4.7095,
        ),
        Column(
            both("Breedtegraad", "Latitude"),
            Number(),
            ("location", "lat"),
            unit=both("graden noord", "degrees north"),
            example=51.7821,
        ),
        Column(
            both("Collegeuren", "College hours"),
            Number(),
            ("board_hours",),
            note=both(
                "Uren die het college heeft voor het besturen van samenwerking.",
                "Hours that the college has for governing cooperation.",
            ),
            unit=both("uur per jaar", "hours per year"),
            example=1200,
        ),
        Column(
            both("Autonomie", "Autonomy"),
            Number(),
            ("autonomy",),
            note=both("Hoe zwaar zelf beslissen weegt.", "How much deciding for oneself counts."),
            unit=AVERAGE,
            example=1.5,
        ),
        Column(
            both("Wil werk doen voor anderen", "Willing host"),
            YES_NO,
            ("willing_host",),
            unit=both("ja of nee", "yes or no"),
            example=True,
        ),
        Column(
            both("Ruimte voor anderen", "Host capacity"),
            Number(),
            ("host_capacity",),
            note=both(
                "Hoogstens zoveel werk voor anderen; telt met een regel Ruimte van gastheren.",
                "At most this much work for others; counts with a rule Capacity of hosts.",
            ),
            unit=FTE,
            example=30,
        ),
        Column(
            both("Raadszetels", "Council seats"),
            Number(whole=True),
            ("council_seats",),
            note=both("Leeg: naar het inwonertal.", "Empty: by inhabitants."),
            unit=both("zetels", "seats"),
            example=39,
        ),
        Column(
            both("Collegeleden", "College members"),
            Number(whole=True),
            ("college_members",),
            note=both(
                "Burgemeester en wethouders. Leeg: naar de raadszetels.", "Mayor and aldermen. Empty: by council seats."
            ),
            unit=both("personen", "persons"),
            example=8,
        ),
        Column(
            both("Provincie", "Province"),
            Text(),
            ("divisions", "province"),
            note=both("Zelfde regio: meer vertrouwen.", "The same region: more trust."),
            unit=both("naam van de regio", "name of the region"),
            example="Zuid-Holland",
            width=24,
        ),
        Column(
            both("Veiligheidsregio", "Safety region"),
            Text(),
            ("divisions", "safety"),
            note=both("Zelfde regio: meer vertrouwen.", "The same region: more trust."),
            unit=both("naam van de regio", "name of the region"),
            example="Zuid-Holland Zuid",
            width=24,
        ),
        Column(
            both("Jeugdregio", "Youth region"),
            Text(),
            ("divisions", "youth"),
            note=both("Zelfde regio: meer vertrouwen.", "The same region: more trust."),
            unit=both("naam van de regio", "name of the region"),
            example="Zuid-Holland Zuid",
            width=24,
        ),
        Column(
            both("Arbeidsmarktregio", "Labour-market region"),
            Text(),
            ("divisions", "labour_market"),
            note=both("Zelfde regio: meer vertrouwen.", "The same region: more trust."),
            unit=both("naam van de regio", "name of the region"),
            example="Drechtsteden",
            width=24,
        ),
        Column(
            both("RMC-regio", "RMC region"),
            Text(),
            ("divisions", "rmc"),
            note=both("Zelfde regio: meer vertrouwen.", "The same region: more trust."),
            unit=both("naam van de regio", "name of the region"),
            example="Zuid-Holland Zuid",
            width=24,
        ),
    ),
)

INVENTORY = Sheet(
    title=both("Inventaris", "Inventory"),
    task=both(
        "Een rij per samenwerkingsverband van vandaag, formeel en informeel. Wie erin zit, komt op het volgende blad.",
        "A row for each partnership of today, formal and informal. Who is in it comes on the next sheet.",
    ),
    use="needed",
    where=(
        "partnerships",
        Column(
            both("Sleutel", "Key"),
            KeyText(),
            note=both("Mag leeg: wordt van de naam gemaakt.", "May be empty: it is made from the name."),
            example="afvaldienst",
            width=26,
            made_from=both("Naam", "Name"),
        ),
    ),
    columns=(
        Column(both("Naam", "Name"), Text(), ("name",), example=EXAMPLE, width=56, required=True),
        Column(
            both("Vorm", "Form"),
            Reference("forms"),
            ("form",),
            unit=both("kies uit de lijst", "choose from the list"),
            example="ol_college",
            width=38,
            required=True,
        ),
        Column(
            both("Domeinen", "Domains"),
            References("domains"),
            ("domains",),
            note=both(
                "Kies uit de lijst; meer domeinen met ; ertussen. Weet niemand het: onbekend.",
                "Choose from the list; several with ; between them. When nobody knows: unknown.",
            ),
            example=["afval"],
            width=30,
            required=True,
        ),
        Column(
            both("Uitvoerder", "Host"),
            Reference("municipalities"),
            ("host",),
            note=both("Bij een centrumregeling of dienstverlening.", "For a centre arrangement or a service contract."),
            width=20,
        ),
        Column(
            both("Uitvoerder per domein", "Host by domain"),
            Pairs("domains", Reference("municipalities")),
            ("hosts",),
            note=both(
                "Alleen bij diensten over en weer: domein: gemeente; ...",
                "For mutual services only: domain: municipality; ...",
            ),
            width=26,
        ),
        Column(
            both("Opgelegd", "Imposed"),
            YES_NO,
            ("frozen",),
            note=both(
                "Wettelijk verplicht: telt mee en blijft staan.",
                "Imposed by law: it counts, and nothing is decided on it.",
            ),
            unit=both("ja of nee", "yes or no"),
            example=False,
        ),
        Column(
            both("Ernaast", "Beside"),
            YES_NO,
            ("beside",),
            note=both(
                "Een tafel naast het verband dat het werk doet.", "A table next to the partnership that does the work."
            ),
            unit=both("ja of nee", "yes or no"),
            example=False,
        ),
        Column(
            both("Deelnemers van buiten", "Members outside"),
            Number(whole=True, format="#,##0"),
            ("outside", "members"),
            unit=both("aantal", "number"),
            example=1,
        ),
        Column(
            both("Inwoners van buiten", "Inhabitants outside"),
            Number(whole=True, format="#,##0"),
            ("outside", "inhabitants"),
            unit=both("inwoners samen", "inhabitants together"),
            example=62554,
        ),
        Column(
            both("Sinds", "Since"),
            Date(),
            ("start",),
            unit=both("datum", "date"),
            example="2015-07-01",
            width=12,
        ),
        Column(
            both("Bijdrage", "Contribution"),
            Number(format="#,##0.##"),
            ("contribution",),
            note=both("Van de deelnemers in de regio samen.", "Of the members in the region together."),
            unit=EURO,
            example=3100000,
        ),
        Column(
            both("Verdeling", "Shares"),
            Pairs("municipalities", Number(percent=True)),
            ("shares",),
            note=both(
                "Deel van de bijdrage: gemeente: 0,6; gemeente: 0,4",
                "Share of the contribution: municipality: 0.6; ...",
            ),
            unit=both("samen 1", "1 together"),
            width=26,
        ),
        Column(both("Uren college", "College hours"), Number(), ("hours", "college"), unit=HOURS, example=40),
        Column(both("Uren raad", "Council hours"), Number(), ("hours", "council"), unit=HOURS, example=50),
        Column(both("Uren ambtelijk", "Official hours"), Number(), ("hours", "officials"), unit=HOURS, example=130),
        Column(
            both("Registernummer", "Register id"),
            Text(),
            ("register_id",),
            note=both("In het overheidsregister.", "In the government register."),
            example="24967788",
            width=18,
        ),
        Column(NOTE, Text(), ("note",), example="Verwerkt ook bedrijfsafval.", width=60),
    ),
)

MEMBERSHIP = Sheet(
    title=both("Deelname", "Membership"),
    task=both(
        "Wie zit waarin: zet een x. Samenwerkingsverbanden staan links, gemeenten bovenaan (kies ze uit de lijst). "
        "Een cijfer in plaats van x geeft de volgorde van de deelnemers.",
        "Who is in what: put an x. Partnerships stand on the left, municipalities on top (choose them from the list). "
        "A figure instead of x gives the order of the members.",
    ),
    use="needed",
    where=(
        "partnerships",
        Column(PARTNERSHIP, Reference("partnerships"), example=EXAMPLE, width=64, required=True),
        "members",
    ),
    across=Across(
        "municipalities", Mark(), both("x is deelnemer", "x is a member"), is_list=True, example=("x", None, "x")
    ),
    all_of="partnerships",
)
