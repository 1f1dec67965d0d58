"""What the report of `pareto` prints, in Dutch and in English."""

from regie_opt.schema.strict import Label


def _both(nl: str, en: str) -> Label:
    return Label(nl=nl, en=en)


PARETO_WORDS: dict[str, Label] = {
    "par.short": _both("Kort", "In short"),
    "par.count": _both(
        "{count:Eén plan is in alles het beste: er valt niets tegen elkaar af te wegen|# plannen zijn een keuze "
        "waard: geen plan is op het ene beter zonder op het andere slechter te zijn}.",
        "{count:One plan is the best in everything: there is nothing to weigh up|# plans are worth choosing "
        "between: no plan is better in one without being worse in another}.",
    ),
    "par.range": _both(
        "{name}: van {best} tot {worst}.",
        "{name}: from {best} to {worst}.",
    ),
    "par.knee": _both(
        "Knik: plan {place}. Daarvoor en daarna kost winst op het ene veel meer van het andere (afstand {distance} van "
        "het bereik).",
        "Knee: plan {place}. Before and beyond it a gain in one costs far more of the other (distance {distance} of "
        "the range).",
    ),
    "par.knee.none": _both(
        "Geen knik: wat het ene wint, kost overal ongeveer evenveel van het andere.",
        "No knee: what one gains costs about as much of the other everywhere.",
    ),
    "par.today.dominated": _both(
        "Nu wordt overtroffen door {count:één|#} van deze plannen: beter of gelijk op alles. Plan {place} wint: "
        "{gains}.",
        "Today is beaten by {count:one|#} of these plans: better or equal in everything. Plan {place} gains: {gains}.",
    ),
    "par.today.free": _both(
        "Nu wordt door geen van deze plannen op alles overtroffen.",
        "None of these plans beats today in everything.",
    ),
    "par.gain": _both("{name}: {amount}", "{name}: {amount}"),
    "par.counts": _both(
        "Alleen wat hier genoemd is telt mee; alle andere criteria tellen niet.",
        "Only what is named here counts; all other criteria do not.",
    ),
    "par.counts.value": _both(
        "Waarde is alles wat niet zelf genoemd is, met de gewichten van het scenario: {names}.",
        "Value is all that is not named itself, at the weights of the scenario: {names}.",
    ),
    "par.counts.motives": _both(
        "Motieven zijn {names}, met de gewichten van het scenario; andere criteria tellen niet.",
        "Motives are {names}, at the weights of the scenario; other criteria do not count.",
    ),
    "par.table": _both("Het front", "The frontier"),
    "par.plan": _both("Plan", "Plan"),
    "par.change": _both("t.o.v. nu", "from today"),
    "par.partnerships": _both("Verbanden", "Partnerships"),
    "par.regrouped": _both("Anders dan vorige", "Other than previous"),
    "par.regrouped.nearest": _both("Anders dan naaste", "Other than nearest"),
    "par.remark": _both("Opmerking", "Remark"),
    "par.mark.knee": _both("knik", "knee"),
    "par.mark.ahead": _both("overtreft nu", "beats today"),
    "par.mark.unproven": _both("niet bewezen", "not proven"),
    "par.today": _both("nu", "today"),
    "par.note.regrouped": _both(
        "Anders: cellen (een domein van een gemeente) met een andere vorm, andere partners of een andere uitvoerder "
        "dan in het vorige plan.",
        "Other: cells (one domain of one municipality) with another form, other partners or another host than in the "
        "previous plan.",
    ),
    "par.note.regrouped.nearest": _both(
        "Anders: cellen (een domein van een gemeente) met een andere vorm, andere partners of een andere uitvoerder "
        "dan in het plan dat het dichtst bij ligt.",
        "Other: cells (one domain of one municipality) with another form, other partners or another host than in the "
        "nearest plan.",
    ),
    "par.note.knee": _both(
        "De knik ligt het verst van de lijn tussen de uitersten, met elk doel in delen van zijn bereik.",
        "The knee is farthest from the line between the ends, with each objective in parts of its range.",
    ),
    "par.note.knee.plane": _both(
        "De knik ligt het verst van het vlak door de drie uitersten, met elk doel in delen van zijn bereik.",
        "The knee is farthest from the plane through the three ends, with each objective in parts of its range.",
    ),
    "par.criteria": _both("Alle criteria per plan", "All criteria by plan"),
    "par.knee.plan": _both("Het plan in de knik (plan {place})", "The plan at the knee (plan {place})"),
    "par.proof": _both("Bewijs", "Certificate"),
    "par.proof.all": _both(
        "Bewezen: er ontbreekt geen enkel plan. Verschillen van minder dan een miljoenste tellen niet.",
        "Proven: no plan is missing. Differences of less than a millionth do not count.",
    ),
    "par.proof.resolution": _both(
        "Bewezen: wie hier een plan mist, vindt er een dat op elk doel hoogstens {resolution} van het bereik "
        "slechter is.",
        "Proven: for every plan that is missing there is one that is worse by at most {resolution} of the range "
        "in each objective.",
    ),
    "par.proof.none": _both(
        "Niet bewezen: niet elke oplossing kwam binnen de tijd of afstand tot zijn bewijs. Er kunnen plannen "
        "ontbreken, en plannen met 'niet bewezen' kunnen beter.",
        "Not proven: not every solve came to its proof within the time or gap. Plans may be missing, and those "
        "marked 'not proven' may be beaten.",
    ),
    "par.motives": _both("Motieven", "Motives"),
    "pic.frontier": _both("{name}: het front", "{name}: the frontier"),
    "pic.frontier.how": _both(
        "Elk punt is een plan dat door geen ander plan op alles wordt overtroffen.",
        "Each point is a plan that no other plan beats in everything.",
    ),
    "pic.frontier.plan": _both("plan", "plan"),
    "pic.frontier.kind": _both("Punt", "Point"),
}
