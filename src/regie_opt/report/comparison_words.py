"""What the report of `compare` prints, in Dutch and in English."""

from regie_opt.schema.strict import Label


def _both(nl: str, en: str) -> Label:
    return Label(nl=nl, en=en)


COMPARISON_WORDS: dict[str, Label] = {
    "cmp.scenario": _both("scenario", "scenario"),
    "cmp.best": _both("beste", "best"),
    "cmp.plans": _both(
        "{count:# plan naast nu, |# plannen naast elkaar, alle }gemeten aan de referenties van {name}.",
        "{count:# plan beside today, |# plans side by side, all }measured by the references of {name}.",
    ),
    "cmp.extents": _both(
        "Samenwerkingsverbanden: {all} in alle plannen, {some} in sommige, {one} in één.",
        "Partnerships: {all} in all plans, {some} in some, {one} in one.",
    ),
    "cmp.contested.count": _both(
        "In {count} van {cells:# cel|# cellen} geven niet alle plannen een gemeente dezelfde partners.",
        "In {count} of {cells:# cell|# cells} the plans do not all give a municipality the same partners.",
    ),
    "cmp.contested.most": _both("De meeste: {names} ({count}).", "Most: {names} ({count})."),
    "cmp.same": _both("Eén en hetzelfde plan: {names}.", "One and the same plan: {names}."),
    "cmp.once": _both(
        "Kolommen met één en hetzelfde plan staan hier één keer, onder de eerste naam.",
        "Columns with one and the same plan are here once, by the first name.",
    ),
    "cmp.unproven": _both(
        "Niet bewezen, het beste plan dat in de tijd is gevonden: {names}.",
        "Not proven, the best plan found in the time given: {names}.",
    ),
    # columns
    "cmp.columns": _both("Wat er naast elkaar staat", "What stands side by side"),
    "cmp.column": _both("Kolom", "Column"),
    "cmp.about": _both("Omschrijving", "Description"),
    "cmp.differs": _both("Wat er anders is", "What is different"),
    "cmp.result": _both("Uitkomst", "Result"),
    "cmp.more": _both("en nog {count}", "and {count} more"),
    "cmp.references": _both(
        "De referenties van de waarde zijn die van {name} zoals het in het bestand staat, gelijk voor alle kolommen.",
        "The references of the value are those of {name} as it is in its file, and the same for all columns.",
    ),
    "cmp.optimal": _both("bewezen optimaal", "proven optimal"),
    "cmp.feasible": _both(
        "niet bewezen: hooguit {gap} van de winst onder het beste",
        "not proven: at most {gap} of the gain below the best",
    ),
    "cmp.infeasible": _both(
        "geen plan: deze regels kunnen niet samen: {names}", "no plan: these rules cannot all hold: {names}"
    ),
    "cmp.unfinished": _both("geen plan gevonden in de tijd", "no plan found in the time given"),
    # criteria
    "cmp.criteria": _both("Criteria naast elkaar", "Criteria side by side"),
    "cmp.value": _both("Waarde in het scenario", "Value in the scenario"),
    "cmp.mark": _both(
        "De beste van een rij heeft een teken (* of vet); waar alles gelijk is, staat er geen.",
        "The best of a row has a mark (* or bold); where all are alike there is none.",
    ),
    "cmp.value.note": _both(
        "Waarde: elk plan gewogen zoals kolom '{name}' weegt, zodat kolommen vergelijkbaar zijn. Hoger is beter.",
        "Value: every plan weighed as column '{name}' weighs, so that columns can be compared. Higher is better.",
    ),
    "cmp.measure": _both(
        "Andere uitgangspunten dan gewichten en regels, dus ook andere hoeveelheden voor nu: {names}.",
        "Other assumptions than weights and rules, so other amounts for today as well: {names}.",
    ),
    "unit.value": _both("gewogen som", "weighted sum"),
    "cmp.own": _both("Volgens de eigen gewichten", "By each column's own weights"),
    "cmp.own.what": _both("Wat", "What"),
    "cmp.weight": _both("Gewicht: {name}", "Weight: {name}"),
    "cmp.own.today": _both("Waarde van nu", "Value of today"),
    "cmp.own.value": _both("Waarde van het plan", "Value of the plan"),
    "cmp.own.gain": _both("Winst op nu", "Gain over today"),
    "cmp.own.bound": _both("Bewezen grens", "Proven bound"),
    "cmp.own.gap": _both("Afstand, % van de winst op alleen", "Gap, % of the gain over alone"),
    "cmp.own.note": _both(
        "Andere gewichten zijn een andere maat: van deze rijen is geen beste te noemen. Gewichten die overal gelijk "
        "zijn, staan er niet bij.",
        "Other weights are another measure: no best can be named in these rows. Weights that are the same everywhere "
        "are left out.",
    ),
    # partnerships
    "cmp.all": _both("Verbanden in alle plannen", "Partnerships in all plans"),
    "cmp.some": _both("Verbanden in sommige plannen", "Partnerships in some plans"),
    "cmp.one": _both("Verbanden in één plan", "Partnerships in one plan"),
    "cmp.only": _both("Verbanden van het plan", "Partnerships of the plan"),
    "cmp.all.none": _both("Geen, behalve wat hieronder staat.", "None, but for what is below."),
    "cmp.one.none": _both("Geen.", "None."),
    "cmp.in": _both("In", "In"),
    "cmp.new": _both("(nieuw)", "(new)"),
    "cmp.host": _both("uitvoerder: {name}", "host: {name}"),
    "cmp.also": _both("in {names} ook: {domains}", "in {names} also: {domains}"),
    "cmp.fixed": _both(
        "Wettelijk vast, in alle plannen ({count}): {names}.", "Fixed by law, in all plans ({count}): {names}."
    ),
    # sides
    "cmp.than.today": _both("Wie wisselt ten opzichte van nu", "Who changes sides from today"),
    "cmp.than.scenario": _both("Wie wisselt t.o.v. {name}", "Who changes sides from {name}"),
    "cmp.apart": _both("Tussen welke plannen", "Between which plans"),
    "cmp.cells": _both(
        "Een cel is één domein van één gemeente; over {count:# cel|# cellen} wordt beslist.",
        "A cell is one domain of one municipality; {count:# cell is|# cells are} decided on.",
    ),
    "cmp.sides.cells": _both(
        "Cellen waarin een gemeente andere partners heeft.", "Cells in which a municipality has other partners."
    ),
    "cmp.sides.note": _both(
        "Komt er een partner bij, dan hebben ook de anderen in dat verband andere partners; een andere vorm of "
        "uitvoerder alleen telt niet.",
        "Where a partner joins, the others in that partnership have other partners too; another form or host alone "
        "does not count.",
    ),
    "cmp.contested": _both("Waarover de plannen verschillen", "Where the plans differ"),
    "cmp.contested.none": _both(
        "Nergens: alle plannen geven iedereen dezelfde partners.",
        "Nowhere: all plans give everybody the same partners.",
    ),
    "cmp.domain": _both("Domein", "Domain"),
    "cmp.who": _both("Wiens partners verschillen", "Whose partners differ"),
    "cmp.camps": _both("Plannen die gelijk zijn", "Plans that are alike"),
    "cmp.camps.note": _both(
        "Plannen op één regel verdelen het domein op dezelfde manier.",
        "Plans on one line divide the domain in the same way.",
    ),
    # hours
    "cmp.hours": _both("Uren per jaar, per gemeente", "Hours per year, by municipality"),
    "cmp.hours.college": _both("Collegeuren per gemeente", "College hours by municipality"),
    "cmp.hours.council": _both("Raadsuren per gemeente", "Council hours by municipality"),
    "cmp.hours.officials": _both("Ambtelijke uren per gemeente", "Hours of officials by municipality"),
    "cmp.of.college": _both("daarvan college", "of which college"),
    "cmp.of.council": _both("daarvan raad", "of which council"),
    "cmp.of.officials": _both("daarvan ambtelijk", "of which officials"),
    "cmp.of.season": _both("april tot en met juli", "April to July"),
    "cmp.of.peak": _both("drukste maand", "busiest month"),
    "cmp.overload": _both(
        "Meer collegeuren dan beschikbaar, {column}: {names}.", "More college hours than available, {column}: {names}."
    ),
    "cmp.limits": _both(
        "Elk plan is het beste onder zijn eigen gewichten en regels. Dat een verband in alle plannen voorkomt, zegt "
        "iets over deze varianten, niet over alle denkbare.",
        "Each plan is the best under its own weights and rules. That a partnership is in all plans says something "
        "about these variants, not about all that can be thought of.",
    ),
}
