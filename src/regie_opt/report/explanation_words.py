"""What the report of `explain` prints, in Dutch and in English."""

from regie_opt.schema.strict import Label


def _both(nl: str, en: str) -> Label:
    return Label(nl=nl, en=en)


EXPLANATION_WORDS: dict[str, Label] = {
    "exp.answer": _both("Antwoord", "Answer"),
    "exp.best": _both(
        "{points:Met dit verband is de regio # punten meer waard dan wanneer de leden dit werk alleen doen|Dit "
        "verband is voor de regio # punten minder waard dan alleen doen; het zit in het voorstel om wat er verder "
        "van afhangt|Met dit verband is de regio evenveel waard als wanneer de leden dit werk alleen doen}.",
        "{points:With this partnership the region is worth # points more than when its members do this work "
        "alone|This partnership is worth # points less to the region than doing it alone; it is in the plan for "
        "what else depends on it|With this partnership the region is worth as much as when its members do this "
        "work alone}.",
    ),
    "exp.runner": _both(
        "De nummer twee is {points} punten minder waard: {what}.",
        "The runner-up is worth {points} points less: {what}.",
    ),
    "exp.runner.tied": _both(
        "Er is een plan zonder dit dat evenveel waard is: {what}.",
        "There is a plan without this that is worth as much: {what}.",
    ),
    "exp.runner.better": _both(
        "Het plan is niet het beste: zonder dit kan de regio {points} punten meer waard zijn: {what}.",
        "The plan is not the best: without this the region can be worth {points} points more: {what}.",
    ),
    "exp.runner.none": _both(
        "Zonder dit kan niet, vanwege {rules}.",
        "Without this there is no plan, because of {rules}.",
    ),
    "exp.why_not.loss": _both(
        "{who} erbij kost de regio {points} punten, het meest op {criteria}.",
        "{who} in it costs the region {points} points, most of all on {criteria}.",
    ),
    "exp.why_not.tied": _both(
        "{who} kan erbij: dat is evenveel waard.",
        "{who} could be in it: that is worth as much.",
    ),
    "exp.why_not.better": _both(
        "{who} erbij maakt de regio {points} punten meer waard dan dit plan.",
        "{who} in it makes the region worth {points} points more than this plan.",
    ),
    "exp.impossible.rules": _both(
        "{who} erbij kan niet, vanwege {rules}.", "{who} cannot be in it, because of {rules}."
    ),
    "exp.impossible.nature": _both(
        "{who} erbij kan niet: zie wat ertegen is.", "{who} cannot be in it: see what is against it."
    ),
    "exp.impossible.keep": _both("Het kan niet doorgaan, vanwege {rules}.", "It cannot go on, because of {rules}."),
    "exp.rule": _both("de regel '{name}'", "the rule '{name}'"),
    "exp.veto": _both("het veto tussen {names}", "the veto between {names}"),
    "exp.ended.loss": _both(
        "Het eindigt: doorgaan kost de regio {points} punten, het meest op {criteria}.",
        "It ends: going on costs the region {points} points, most of all on {criteria}.",
    ),
    "exp.ended.tied": _both("Het eindigt, maar doorgaan is evenveel waard.", "It ends, but going on is worth as much."),
    "exp.ended.better": _both(
        "Het eindigt in dit plan; doorgaan maakt de regio {points} punten meer waard.",
        "It ends in this plan; going on makes the region worth {points} points more.",
    ),
    "exp.ended.brings": _both(
        "Nu is de regio er {points:# punten meer waard mee dan|# punten minder waard mee dan|evenveel waard mee "
        "als} wanneer de leden dit werk alleen doen.",
        "Today the region is worth {points:# points more with it than|# points less with it than|as much with it "
        "as} when its members do this work alone.",
    ),
    "exp.without": _both(
        "Zonder {what} kan het wel; {points:dat kost de regio dan # punten|de regio is dan # punten beter af|dat "
        "is dan evenveel waard}.",
        "Without {what} it is possible; {points:it then costs the region # points|the region is then # points "
        "better off|it is then worth as much}.",
    ),
    "exp.near": _both(
        "{what} kan wel, en is {points:# punten minder waard dan|# punten meer waard dan|evenveel waard als} het "
        "voorstel.",
        "{what} is possible, and worth {points:# points less than|# points more than|as much as} the plan.",
    ),
    "exp.and": _both("{some} en {last}", "{some} and {last}"),
    "exp.losses.runner": _both("De nummer twee: verschil met het voorstel", "The runner-up: difference from the plan"),
    "exp.fixed": _both(
        "Hierover wordt niet beslist: het ligt wettelijk vast, of niemand heeft vastgelegd wat het doet.",
        "Nothing is decided here: it is imposed by law, or nobody recorded what it does.",
    ),
    "exp.municipality.alone": _both(
        "Doet {who} alles zelf, dan is de regio {points:# punten minder|# punten meer|evenveel} waard.",
        "When {who} does everything alone, the region is worth {points:# points less|# points more|as much}.",
    ),
    "exp.municipality.weakest": _both(
        "De zwakste plek is {name}: het beste plan zonder dit verband is {points:# punten minder|# punten "
        "meer|evenveel} waard.",
        "The weakest place is {name}: the best plan without it is worth {points:# points less|# points more|as much}.",
    ),
    "exp.cell.in": _both("{who} doet {domain} in: {what}.", "{who} does {domain} in: {what}."),
    "exp.cell.alone": _both("{who} doet {domain} zelf.", "{who} does {domain} alone."),
    "exp.cell.any": _both(
        "Het beste plan waarin {who} dit niet alleen doet, is {points} punten minder waard: {what}.",
        "The best plan in which {who} does not do this alone is worth {points} points less: {what}.",
    ),
    "exp.turn": _both(
        "De kleinste verandering die het omdraait: het gewicht van {name} van {now} naar {at} ({change}).",
        "The smallest change that turns it: the weight of {name} from {now} to {at} ({change}).",
    ),
    "exp.turn.found": _both(
        "De kleinste gevonden verandering die het omdraait: het gewicht van {name} van {now} naar {at} ({change}).",
        "The smallest change found that turns it: the weight of {name} from {now} to {at} ({change}).",
    ),
    "exp.turn.rule": _both("Zonder {what} gebeurt het wel.", "Without {what} it happens."),
    "exp.turn.none": _both(
        "Geen enkel gewicht draait het om, ook niet met {range} meer of minder.",
        "No single weight turns it, not even {range} up or down.",
    ),
    "exp.turn.unsure": _both(
        "Geen gewicht gevonden dat het omdraait binnen {range}; dat is niet voor elk gewicht bewezen.",
        "No weight was found that turns it within {range}; that is not proven for every weight.",
    ),
    "exp.points": _both(
        "Een punt is een duizendste van de waarde. Het hele voorstel is {gain:# punten meer waard dan|# punten "
        "minder waard dan|evenveel waard als} nu.",
        "A point is a thousandth of the value. The whole plan is worth {gain:# points more than|# points less "
        "than|as much as} today.",
    ),
    "exp.given": _both(
        "Uitgelegd is het plan uit het bestand ({value}); het beste plan is {points} punten meer waard.",
        "The plan of the file is explained ({value}); the best plan is worth {points} points more.",
    ),
    "exp.unproven": _both(
        "Niet bewezen: het rekenen is voor het einde gestopt (marge {gap}).",
        "Not proven: the computation was stopped before its end (gap {gap}).",
    ),
    "exp.gains": _both("Wat het de regio oplevert", "What it brings the region"),
    "exp.gains.ended": _both("Wat het nu oplevert", "What it brings today"),
    "exp.against.alone": _both("Tegenover\nalleen", "Against\nalone"),
    "exp.against.today": _both("Tegenover\nnu", "Against\ntoday"),
    "exp.points.alone": _both("Punten\nalleen", "Points\nalone"),
    "exp.points.today": _both("Punten\nnu", "Points\ntoday"),
    "exp.gains.note": _both(
        "Alleen: hetzelfde plan zonder dit verband, de leden doen het werk zelf, verder verandert niets.",
        "Alone: the same plan without this partnership, its members do the work themselves, nothing else changes.",
    ),
    "exp.replaces": _both(
        "Nu: wat dit boven alleen doen oplevert, min wat {names} nu boven alleen doen oplevert.",
        "Today: what this brings above alone, less what {names} brings above alone today.",
    ),
    "exp.replaces.none": _both(
        "Nu doet niemand dit werk samen: tegenover nu is tegenover alleen.",
        "Today nobody does this work together: against today is against alone.",
    ),
    "exp.beyond": _both(
        "{names} doet ook ander werk, of werk voor anderen; dat telt bij nu mee.",
        "{names} also does other work, or work for others; that counts in today.",
    ),
    "exp.members": _both("Wat het elk lid vraagt en geeft", "What it asks of each member and gives it"),
    "exp.college": _both("College\nuur", "College\nhours"),
    "exp.council": _both("Raad\nuur", "Council\nhours"),
    "exp.officials": _both("Ambt.\nuur", "Offic.\nhours"),
    "exp.hours.today": _both("Nu\nuur", "Today\nhours"),
    "exp.gives": _both("Geeft\nfte", "Gives\nfte"),
    "exp.gets": _both("Krijgt\nfte", "Gets\nfte"),
    "exp.setup": _both("Opstart\n€/jaar", "Set-up\n€/year"),
    "exp.leaving": _both("Uittreden\n€/jaar", "Leaving\n€/year"),
    "exp.motive.points": _both("Motieven\npunten", "Motives\npoints"),
    "exp.members.note": _both(
        "Nu: uren van dezelfde leden in de verbanden die nu dit werk doen. Opstart (met de mensen die meekomen) en "
        "uittreden zijn per jaar van de terugverdientijd. Punten: wat de motieven van dit lid toevoegen boven alleen "
        "doen.",
        "Today: hours of the same members in the partnerships that do this work now. Set-up (with the people who move "
        "along) and leaving are per year of the payback horizon. Points: what this member's motives add above doing it "
        "alone.",
    ),
    "exp.members.ended": _both(
        "Uittreden: wat weggaan zou kosten, per jaar van de terugverdientijd.",
        "Leaving: what going would cost, per year of the payback horizon.",
    ),
    "exp.cells": _both(
        "Vervulling per domein en lid: alleen > voorstel", "Satisfaction by domain and member: alone > plan"
    ),
    "exp.cells.ended": _both(
        "Vervulling per domein en lid: nu > voorstel", "Satisfaction by domain and member: today > plan"
    ),
    "exp.cells.why_not": _both("Vervulling bij {who}: alleen > voorstel", "Satisfaction of {who}: alone > plan"),
    "exp.cells.note": _both(
        "Vervulling van 0 (niets) tot 1 (geheel). Een streepje: dit motief speelt hier niet.",
        "Satisfaction from 0 (none) to 1 (whole). A dash: this motive is not at stake here.",
    ),
    "exp.domain": _both("Domein", "Domain"),
    "exp.member": _both("Gemeente", "Municipality"),
    "exp.cell": _both("Motief voor motief", "Motive by motive"),
    "exp.motive": _both("Motief", "Motive"),
    "exp.counts": _both("Telt", "Counts"),
    "exp.alone": _both("Alleen", "Alone"),
    "exp.today": _both("Nu", "Today"),
    "exp.proposed": _both("Voorstel", "Plan"),
    "exp.because": _both("Waardoor", "Because"),
    "exp.because.vulnerability": _both(
        "mensen die elkaar kunnen vervangen, per vakgebied: {alone} alleen, {today} nu, {proposed} voorstel",
        "people who can replace each other, per area of expertise: {alone} alone, {today} today, {proposed} plan",
    ),
    "exp.because.quality": _both(
        "specialisten die het team kan dragen: {alone} alleen, {today} nu, {proposed} voorstel; nodig {needed}",
        "specialist roles that the team can staff: {alone} alone, {today} today, {proposed} plan; needed {needed}",
    ),
    "exp.because.cost": _both(
        "kostenindex bij deze schaal: {alone} alleen, {today} nu, {proposed} voorstel; laagste {needed}",
        "cost index at this scale: {alone} alone, {today} today, {proposed} plan; lowest {needed}",
    ),
    "exp.because.knowledge": _both(
        "partners om van te leren, geteld naar vertrouwen: {alone} alleen, {today} nu, {proposed} voorstel",
        "partners to learn from, counted by trust: {alone} alone, {today} today, {proposed} plan",
    ),
    "exp.because.power": _both(
        "inwoners waarvoor het verband spreekt: {alone} alleen, {today} nu, {proposed} voorstel",
        "inhabitants that it speaks for: {alone} alone, {today} today, {proposed} plan",
    ),
    "exp.realised": _both(
        "De vorm verzilvert van het voordeel van samen: {parts}.",
        "Of the benefit of a pool the form realises: {parts}.",
    ),
    "exp.totals": _both("{who}: alleen, nu en in het voorstel", "{who}: alone, today and in the plan"),
    "exp.measure": _both("Wat", "What"),
    "exp.total.college": _both("College, uur per jaar", "College, hours per year"),
    "exp.total.council": _both("Raad, uur per jaar", "Council, hours per year"),
    "exp.total.officials": _both("Ambtelijk, uur per jaar", "Officials, hours per year"),
    "exp.total.overload": _both("Collegeuren te veel, per jaar", "College hours too many, per year"),
    "exp.total.partnerships": _both("Samenwerkingsverbanden", "Partnerships"),
    "exp.total.motive": _both("{name}: vervulling, 0 tot 1", "{name}: satisfaction, 0 to 1"),
    "exp.total.given": _both("Diensten voor anderen, fte", "Services for others, fte"),
    "exp.total.received": _both("Diensten door anderen, fte", "Services by others, fte"),
    "exp.total.cost": _both(
        "Uitvoeringskosten boven alleen, euro per jaar",
        "Running cost above alone, euro per year",
    ),
    "exp.total.setup": _both("Opstartkosten, euro per jaar", "Set-up cost, euro per year"),
    "exp.total.leaving": _both("Uittreedkosten, euro per jaar", "Cost of leaving, euro per year"),
    "exp.totals.note": _both(
        "Alleen: alleen in wat wettelijk vastligt. Eenmalige kosten zijn verdeeld over de terugverdientijd.",
        "Alone: only in what the law imposes. One-off costs are spread over the payback horizon.",
    ),
    "exp.mine": _both("Waar {who} in zit", "What {who} is in"),
    "exp.others": _both("Wat er ook had gekund", "What else there could be"),
    "exp.what": _both("Alternatief", "Alternative"),
    "exp.loss.local": _both("Verlies,\nrest vast", "Loss,\nrest held"),
    "exp.loss.solved": _both("Verlies,\nrest nieuw", "Loss,\nrest anew"),
    "exp.mostly": _both("Vooral door", "Mostly by"),
    "exp.others.note": _both(
        "In punten. Rest vast: de rest van het plan blijft zoals het is, alleen dit verandert. Rest nieuw: het beste "
        "plan waarin dit zo is, bewezen. Een streepje: niet berekend.",
        "In points. Rest held: the rest of the plan stays as it is, only this changes. Rest anew: the best plan in "
        "which this is so, proven. A dash: not computed.",
    ),
    "exp.others.unproven": _both(
        "Met een sterretje: niet bewezen, het rekenen is eerder gestopt.",
        "With an asterisk: not proven, the computation was stopped before.",
    ),
    "exp.kind.without": _both("beste plan zonder {name}", "best plan without {name}"),
    "exp.kind.form": _both("als {form}", "as {form}"),
    "exp.kind.less": _both("zonder {leaves}", "without {leaves}"),
    "exp.kind.more": _both("met {joins} erbij", "with {joins} in it"),
    "exp.kind.swap": _both("{joins} in plaats van {leaves}", "{joins} instead of {leaves}"),
    "exp.kind.alone": _both("alles zelf", "everything alone"),
    "exp.kind.alone.cell": _both("zelf", "alone"),
    "exp.kind.alone.domains": _both("zelf: {domains}", "alone: {domains}"),
    "exp.kind.any": _both("niet alleen", "not alone"),
    "exp.kind.join": _both("{joins} erbij", "{joins} in it"),
    "exp.kind.keep": _both("gaat door", "goes on"),
    "exp.kind.this": _both("dit verband", "this partnership"),
    "exp.impossible": _both("kan niet", "not possible"),
    "exp.as": _both("{form} van {members} ({domains})", "{form} of {members} ({domains})"),
    "exp.nobody": _both("ieder voor zich", "everybody alone"),
    "exp.and.alone": _both("{names} zelf", "{names} alone"),
    "exp.losses": _both("{what}: verschil met het voorstel", "{what}: difference from the plan"),
    "exp.difference": _both("Verschil", "Difference"),
    "exp.in.points": _both("Punten", "Points"),
    "exp.who": _both("Wie het merkt", "Who notices"),
    "exp.who.note": _both(
        "Verschil met het voorstel: uren per jaar, en vervulling van de motieven (0 tot 1, gemiddeld over domeinen).",
        "Difference from the plan: hours per year, and satisfaction of the motives (0 to 1, mean over domains).",
    ),
    "exp.who.nobody": _both("Niemand.", "Nobody."),
    "exp.against": _both("Wat ertegen is", "What is against it"),
    "exp.barrier.veto": _both("{names} willen niet samen (veto).", "{names} will not cooperate (veto)."),
    "exp.barrier.trust": _both(
        "{domain} als {form}: vertrouwen tussen {names} is {found}, de vorm vraagt {needed}.",
        "{domain} as {form}: trust between {names} is {found}, the form needs {needed}.",
    ),
    "exp.barrier.occupied": _both(
        "{domain} van {names} ligt vast in {partnership}.", "{domain} of {names} is fixed in {partnership}."
    ),
    "exp.barrier.unlawful": _both(
        "{domain}: geen vorm mag dit, of de wet legt het al op.",
        "{domain}: no form may do this, or the law imposes it already.",
    ),
    "exp.barrier.largest": _both(
        "{domain} als {form}: {found:# lid|# leden}, de vorm kan er {needed} aan.",
        "{domain} as {form}: {found:# member|# members}, the form works with {needed}.",
    ),
    "exp.barrier.host": _both(
        "{domain} als {form}: niemand wil uitvoeren.", "{domain} as {form}: nobody is willing to host."
    ),
    "exp.turning": _both("Wat het zou omdraaien: gewichten", "What would turn it: weights"),
    "exp.turning.rules": _both("Wat het zou omdraaien: regels en veto's", "What would turn it: rules and vetoes"),
    "exp.weight": _both("Gewicht van", "Weight of"),
    "exp.now": _both("Nu", "Now"),
    "exp.needed": _both("Nodig", "Needed"),
    "exp.change": _both("Verandering", "Change"),
    "exp.proof": _both("Bewijs", "Proof"),
    "exp.proof.yes": _both("kleinste verandering van dit gewicht", "smallest change of this weight"),
    "exp.proof.no": _both("hier klopt het; dichterbij niet uitgesloten", "right here; nearer is not ruled out"),
    "exp.turning.others": _both(
        "Binnen {range} meer of minder draaien niet om: {names}.",
        "Within {range} up or down these do not turn it: {names}.",
    ),
    "exp.turning.unproven": _both(
        "Niet gevonden binnen {range}, en niet uitgesloten: {names}.",
        "Not found within {range}, and not ruled out: {names}.",
    ),
    "exp.turning.note": _both(
        "Alle andere gewichten gelijk. Op het gewicht dat nodig is, zijn beide plannen evenveel waard; gewichten van 0 "
        "zijn niet bekeken.",
        "All other weights the same. At the weight that is needed both plans are worth as much; weights of 0 were not "
        "looked at.",
    ),
    "exp.dropped": _both("Zonder", "Without"),
    "exp.possible": _both("Kan het dan?", "Possible then?"),
    "exp.brings": _both("Gebeurt het dan?", "Does it happen?"),
    "exp.loss.then": _both("Verlies", "Loss"),
    "exp.rules.note": _both(
        "Verlies in punten tegenover het beste plan van nu; met een min is de regio beter af. Wat de wet verbiedt, kan "
        "niet weg.",
        "Loss in points against the best plan of now; with a minus the region is better off. What the law forbids "
        "cannot go.",
    ),
    "exp.yes": _both("ja", "yes"),
    "exp.no": _both("nee", "no"),
    "exp.unknown": _both("onbekend", "unknown"),
}
