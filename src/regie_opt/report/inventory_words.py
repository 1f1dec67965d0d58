"""What the report of `inventory` prints, in Dutch and in English."""

from regie_opt.schema.strict import Label


def _both(nl: str, en: str) -> Label:
    return Label(nl=nl, en=en)


INVENTORY_WORDS: dict[str, Label] = {
    "inv.short": _both("Kort", "In short"),
    "inv.count": _both(
        "{count:# samenwerkingsverband|# samenwerkingsverbanden}: {formal} formeel, {informal} informeel; "
        "{frozen:# ligt|# liggen} wettelijk vast.",
        "{count:# partnership|# partnerships}: {formal} formal, {informal} informal; {frozen} fixed by law.",
    ),
    "inv.hours": _both(
        "Dat vraagt {hours} uur per jaar: college {college}, raad {council}, ambtelijk {officials}; formeel "
        "{formal}, informeel {informal}.",
        "That asks {hours:# hour|# hours} per year: college {college}, council {council}, officials {officials}; "
        "formal {formal}, informal {informal}.",
    ),
    "inv.peak": _both(
        "April tot en met juli: {hours} uur, {share} van het jaar; drukste maand: {month}.",
        "April to July: {hours:# hour|# hours}, {share} of the year; busiest month: {month}.",
    ),
    "inv.money": _both(
        "Bijdragen: {euro} euro per jaar (waar niet opgegeven: een aandeel van de personeelskosten van het domein).",
        "Contributions: {euro} euro per year (where not given: a share of the staff cost of the domain).",
    ),
    "inv.patterns": _both("Bevindingen: {parts}.", "Findings: {parts}."),
    "inv.none": _both("Geen samenwerkingsverbanden.", "No partnerships."),
    "inv.what": _both("Wat er is", "What there is"),
    "inv.asks": _both("Wat het vraagt en oplevert", "What it asks and yields"),
    "inv.outside": _both("+ {count} buiten de regio", "+ {count} outside the region"),
    "inv.frozen": _both("{form} (wettelijk)", "{form} (by law)"),
    "inv.informal": _both("{form} (informeel)", "{form} (informal)"),
    "inv.informal.total": _both("Informeel", "Informal"),
    "inv.college": _both("College", "College"),
    "inv.council": _both("Raad", "Council"),
    "inv.officials": _both("Ambt.", "Offic."),
    "inv.keuro": _both("Bijdrage\n1.000 €", "Contrib.\n1,000 €"),
    "inv.vulnerability": _both("Kwets.", "Vuln."),
    "inv.quality": _both("Kwal.", "Qual."),
    "inv.cost": _both("Kosten\n1.000 €", "Cost\n1,000 €"),
    "inv.knowledge": _both("Kennis", "Knowl."),
    "inv.power": _both("Kracht", "Power"),
    "inv.worth": _both("Punten", "Points"),
    "inv.rate": _both("Per 100 u", "Per 100 h"),
    "inv.asks.note": _both(
        "Uren per jaar van alle leden hier samen. Opbrengst per motief (kwetsbaarheid, kwaliteit, kennis, "
        "bestuurskracht) in vervulde cellen boven alleen doen; een cel is één domein van één gemeente. Kosten: wat het "
        "scheelt met alleen doen, in gewogen euro (naar hoe zwaar kosten daar wegen). Punten: wat dat alles toevoegt "
        "aan de waarde, in duizendsten. Een streepje: niet te zeggen (geen domein vastgelegd; of geen bijdrage "
        "opgegeven en geen heel domein dat erdoor loopt).",
        "Hours per year of all members here together. Yield per motive (vulnerability, quality, knowledge, "
        "administrative power) in satisfied cells above doing it alone; a cell is one domain of one municipality. "
        "Cost: what it saves on doing it alone, in weighted euro (by how much cost matters there). Points: what all "
        "that adds to the value, in thousandths. A dash: cannot be said (no domain recorded; or no contribution given "
        "and no whole domain that runs through it).",
    ),
    "inv.asks.twice": _both(
        "Ieder verband is op zichzelf gewogen; waar twee hetzelfde werk doen telt de waarde alleen het beste.",
        "Each partnership is weighed by itself; where two do the same work, the value counts the better one only.",
    ),
    "inv.who": _both("Per gemeente", "By municipality"),
    "inv.formal.count": _both("Formeel", "Formal"),
    "inv.informal.count": _both("Infor-\nmeel", "Infor-\nmal"),
    "inv.partners": _both("Partners", "Partners"),
    "inv.percollege": _both("Per colle-\ngelid", "Per col-\nlege memb."),
    "inv.perseat": _both("Per\nraadslid", "Per coun-\ncillor"),
    "inv.total": _both("Totaal", "Total"),
    "inv.given": _both("Levert\nfte", "Gives\nfte"),
    "inv.received": _both("Krijgt\nfte", "Gets\nfte"),
    "inv.who.note": _both(
        "Uren per jaar; per persoon: gedeeld door collegeleden en raadszetels (waar niet opgegeven naar inwonertal).",
        "Hours per year; per person: divided by college members and council seats (by inhabitants where not given).",
    ),
    "inv.months": _both("Uren per maand", "Hours per month"),
    "inv.role": _both("Rol", "Role"),
    "inv.month.1": _both("jan", "Jan"),
    "inv.month.2": _both("feb", "Feb"),
    "inv.month.3": _both("mrt", "Mar"),
    "inv.month.4": _both("apr", "Apr"),
    "inv.month.5": _both("mei", "May"),
    "inv.month.6": _both("jun", "Jun"),
    "inv.month.7": _both("jul", "Jul"),
    "inv.month.8": _both("aug", "Aug"),
    "inv.month.9": _both("sep", "Sep"),
    "inv.month.10": _both("okt", "Oct"),
    "inv.month.11": _both("nov", "Nov"),
    "inv.month.12": _both("dec", "Dec"),
    "inv.reference": _both("Naast het landelijke beeld", "Beside the national picture"),
    "inv.figure": _both("Cijfer", "Figure"),
    "inv.here": _both("Hier", "Here"),
    "inv.national": _both("Landelijk", "National"),
    "inv.range": _both("10-90 %", "10-90%"),
    "inv.source": _both("Bron", "Source"),
    "inv.ref.arrangements": _both("formele regelingen per gemeente", "formal arrangements per municipality"),
    "inv.ref.cooperations": _both("alle samenwerking per gemeente", "all cooperation per municipality"),
    "inv.ref.members": _both("leden per formele regeling (mediaan)", "members per formal arrangement (median)"),
    "inv.ref.partners": _both("partners per gemeente, in deze regio", "partners per municipality, in this region"),
    "inv.ref.congruence": _both("congruentie van partners (Jaccard)", "congruence of partners (Jaccard)"),
    "inv.ref.identical": _both("deel met dezelfde leden als een ander", "share with the members of another"),
    "inv.ref.college": _both("collegeuren per gemeente", "college hours per municipality"),
    "inv.ref.council": _both("raadsuren per gemeente", "council hours per municipality"),
    "inv.ref.officials": _both("ambtelijke uren per gemeente", "officials' hours per municipality"),
    "inv.reference.note": _both(
        "Registers kennen regelingen; convenanten, contracten en netwerken ontbreken meestal. Blijft 'alle "
        "samenwerking' "
        "ver onder landelijk, dan is de lijst waarschijnlijk onvolledig.",
        "Registers know arrangements; covenants, contracts and networks are mostly missing. Where 'all "
        "cooperation' stays "
        "far below national, the list is probably incomplete.",
    ),
    "inv.rule": _both(
        "Vuistregel: {rule} = {value} ({unit}). Bron: {source}.",
        "Rule of thumb: {rule} = {value} ({unit}). Source: {source}.",
    ),
    "inv.more": _both(
        "... en {count} meer; alle staan in de uitvoer als csv of json.",
        "... and {count} more; csv and json output have all.",
    ),
    "inv.bylaw.all": _both("(alle door de wet opgelegd: niet vrij te kiezen)", "(all imposed by law: no free choice)"),
    "inv.bylaw": _both("(deels wettelijk vast)", "(partly fixed by law)"),
    "kind.identical": _both("Dezelfde leden: kandidaten om samen te voegen", "The same members: candidates to merge"),
    "why.identical": _both(
        "{names}: {partnerships:# verband|# verbanden} met {members:hetzelfde lid|dezelfde # leden}, samen "
        "{hours} uur{bylaw}.",
        "{names}: {partnerships:# partnership|# partnerships} with the same {members:member|# members}, {hours:# "
        "hour|# hours} together{bylaw}.",
    ),
    "kind.nested": _both(
        "Leden van het ene zijn ook leden van het andere", "Members of the one are all members of the other"
    ),
    "why.nested": _both(
        "{first} past in {second}: {share} van de leden, samen {hours} uur{bylaw}.",
        "{first} fits in {second}: {share} of its members, {hours:# hour|# hours} together{bylaw}.",
    ),
    "kind.twice": _both("Domeinen die twee keer bediend worden", "Domains that are served twice"),
    "why.twice": _both(
        "{domains}: {first} en {second}, voor {places}; samen {hours} uur van hen{bylaw}.",
        "{domains}: {first} and {second}, for {places}; {hours:# hour|# hours} of theirs together{bylaw}.",
    ),
    "kind.poor": _both("Veel drukte, weinig opbrengst", "Much burden, little yield"),
    "why.poor": _both(
        "{names}: {hours} uur (gemiddeld {mean_hours}), {per_100_hours} punten per 100 uur (mediaan "
        "{median_per_100_hours}){bylaw}. Het model weegt alleen het werk van zijn domeinen.",
        "{names}: {hours:# hour|# hours} (mean {mean_hours}), {per_100_hours} points per 100 hours (median "
        "{median_per_100_hours}){bylaw}. The model weighs the work of its domains only.",
    ),
    "kind.excess": _both("In veel meer dan de grootte voorspelt", "In far more than size predicts"),
    "why.excess": _both(
        "{places}: {formal:# formele regeling|# formele regelingen}, naar grootte {expected}; {deviations} "
        "standaardafwijkingen erboven.",
        "{places}: {formal:# formal arrangement|# formal arrangements}, {expected} by size; {deviations} standard "
        "deviations above.",
    ),
    "kind.white_spot": _both("Witte vlekken: alleen, en klein", "White spots: alone, and small"),
    "why.white_spot.thin_team": _both(
        "{domains}: minder mensen per deskundigheid dan de vuistregel ({lowest} tot {highest}) in {places}.",
        "{domains}: fewer people per area of expertise than the rule asks ({lowest} to {highest}) in {places}.",
    ),
    "why.white_spot.scale_loss": _both(
        "{domains}: schaal te klein, {lowest_share} tot {highest_share} boven de laagste kosten, in {places}.",
        "{domains}: scale too small, {lowest_share} to {highest_share} above the lowest cost, in {places}.",
    ),
    "kind.congruence": _both("Congruentie: steeds dezelfde partners?", "Congruence: always the same partners?"),
    "why.congruence": _both(
        "Partnerverzamelingen van een gemeente lijken gemiddeld {mean} op elkaar (0 = steeds anderen, 1 = "
        "steeds dezelfden; "
        "landelijk {median}, {low} tot {high}). Meer is niet vanzelf beter.",
        "Partner sets of a municipality are {mean} alike on average (0 = always others, 1 = always the same; "
        "national "
        "{median}, {low} to {high}). More is not better by itself.",
    ),
    "kind.central": _both("Wie centraal staat", "Who is central"),
    "why.central": _both(
        "{places}: {centrality} (eigenvectorcentraliteit, 1 = meest centraal; kleine verbanden binden sterker), "
        "{partners:# partner|# partners}.",
        "{places}: {centrality} (eigenvector centrality, 1 = most central; small partnerships tie more), "
        "{partners:# partner|# partners}.",
    ),
    "kind.community": _both(
        "Groepen die vooral met elkaar samenwerken", "Groups that cooperate mostly with each other"
    ),
    "why.community": _both(
        "{places}: {inside} van hun banden blijft in de groep (Louvain).",
        "{places}: {inside} of their ties stay in the group (Louvain).",
    ),
    "kind.motive": _both("Motieven die uit het patroon blijken", "Motives that the pattern reveals"),
    "why.motive": _both(
        "{motive}: in wat vrij samen gedaan wordt {lift} keer zo sterk onvervuld (als men het alleen deed) als "
        "gemiddeld; {cells:# cel|# cellen}.",
        "{motive}: in what is freely shared {lift} times as much unmet (if done alone) as on average; {cells:# "
        "cell|# cells}.",
    ),
    "kind.service": _both("Diensten geleverd en ontvangen", "Services given and received"),
    "why.service": _both(
        "{places}: levert {given} fte, krijgt {received} fte.", "{places}: gives {given} fte, gets {received} fte."
    ),
    "kind.only_here": _both("Alleen in deze lijst", "In this list only"),
    "why.only_here": _both("{names} ({places})", "{names} ({places})"),
    "kind.only_there": _both("Alleen in de andere lijst", "In the other list only"),
    "why.only_there": _both("{there} ({places})", "{there} ({places})"),
    "kind.other_form": _both("Andere vorm", "Another form"),
    "why.other_form": _both("{names}: hier {here}, daar {there}.", "{names}: here {here}, there {there}."),
    "kind.other_domains": _both("Andere domeinen", "Other domains"),
    "why.other_domains": _both("{names}: hier {here}, daar {there}.", "{names}: here {here}, there {there}."),
    "kind.other_members": _both("Andere leden", "Other members"),
    "why.other_members": _both(
        "{names}: {ours:# lid|# leden} hier, {theirs} daar; alleen hier: {here}; alleen daar: {there}.",
        "{names}: {ours:# member|# members} here, {theirs} there; only here: {here}; only there: {there}.",
    ),
    "kind.doubtful": _both("Twijfelachtige overeenkomst", "Doubtful match"),
    "why.doubtful": _both(
        "{here} en {there}: namen zijn {similarity} gelijk; als één behandeld, ga het na.",
        "{here} and {there}: names are {similarity} alike; treated as one, please check.",
    ),
    "inv.nobody": _both("niemand", "nobody"),
    "inv.compared": _both("Vergeleken met {name}", "Compared with {name}"),
    "inv.compared.how": _both(
        "Lijst van {ours} naast die van {theirs}: alleen verbanden die beide horen te noemen. Gekoppeld op "
        "registernummer, "
        "dan op naam.",
        "List of {ours} beside that of {theirs}: only partnerships that both should name. Matched by "
        "register id, then by "
        "name.",
    ),
    "inv.compared.same": _both("Geen verschillen gevonden.", "No differences found."),
    "pic.written": _both("Figuren in {folder}: {names}", "Figures in {folder}: {names}"),
    "error.figures": _both(
        "Voor figuren is {package} nodig, dat ontbreekt: installeer regie-opt met de extra figures "
        "(pip install 'regie-opt[figures]')",
        "Figures need {package}, which is missing: install regie-opt with the extra figures "
        "(pip install 'regie-opt[figures]')",
    ),
    "pic.college": _both("College", "College"),
    "pic.council": _both("Raad", "Council"),
    "pic.officials": _both("Ambtelijk", "Officials"),
    "pic.form": _both("Vorm", "Form"),
    "pic.source": _both("Leden buiten de regio staan er niet in.", "Members outside the region are not shown."),
    "pic.matrix": _both("{name}: wie zit waarin", "{name}: who is in what"),
    "pic.matrix.how": _both(
        "Rijen en kolommen staan zo dat wat op elkaar lijkt bij elkaar staat.",
        "Rows and columns are ordered so that what is alike stands together.",
    ),
    "pic.matrix.host": _both(
        "● doet het werk voor de anderen. Lichter: staat naast wie het werk doet (een tafel, of een deel ervan).",
        "● does the work for the others. Lighter: stands beside who does the work (a table, or part of the work).",
    ),
    "pic.calendar": _both("{name}: bestuurlijke en ambtelijke drukte door het jaar", "{name}: burden through the year"),
    "pic.calendar.how": _both(
        "Uren per maand voor samenwerking: boven de regio naar rol, onder alle rollen per gemeente.",
        "Hours per month for cooperation: the region by role above, all roles by municipality below.",
    ),
    "pic.calendar.assumed": _both(
        "Uren en verdeling over het jaar zijn aannames van het model, geen metingen.",
        "Hours and their division over the year are assumptions of the model, not measurements.",
    ),
    "pic.hours": _both("Uren per maand", "Hours per month"),
    "pic.hours.region": _both("Uren per maand, regio", "Hours per month, region"),
    "pic.map": _both("{name}: wie werkt met wie samen", "{name}: who cooperates with whom"),
    "pic.map.how": _both(
        "Lijnen: verbanden die twee gemeenten delen, zonder die van meer dan de helft van de regio. Kleur: wie vooral "
        "onderling samenwerken.",
        "Lines: partnerships that two municipalities share, without those of over half of the region. Colour: who "
        "cooperate mostly with each other.",
    ),
    "pic.map.pick": _both(
        "Stippen: inwoners. In de HTML-versie is één verband te kiezen.",
        "Dots: inhabitants. In the HTML version one partnership can be picked.",
    ),
    "pic.pick": _both("Verband:", "Partnership:"),
    "pic.group": _both("rond {name}", "around {name}"),
    "pic.save": _both("Bewaar als {kind}", "Save as {kind}"),
    "pic.with": _both("Samen in", "Together in"),
    "pic.blocks.how": _both(
        "{columns:# gemeente (kolom)|# gemeenten (kolommen)} en {rows:# verband (rij)|# verbanden (rijen)}; in de "
        "HTML-versie wijst de muis de namen aan.",
        "{columns:# municipality (column)|# municipalities (columns)} and {rows:# partnership (row)|# "
        "partnerships (rows)}; in the HTML version the mouse tells names.",
    ),
    "pic.calendar.most": _both(
        "De {shown} drukste van de {count} gemeenten; inventory --municipality NAAM toont een andere.",
        "The {shown} busiest of {count} municipalities; inventory --municipality NAME shows another.",
    ),
    "pic.groups": _both("Groep", "Group"),
    "pic.shared": _both("Gedeelde verbanden", "Shared partnerships"),
    "pic.inhabitants": _both("Inwoners", "Inhabitants"),
    "pic.boundaries": _both("Bron: CBS / Kadaster, CC BY 4.0", "Source: CBS / Kadaster, CC BY 4.0"),
    "pic.centres": _both(
        "Stippellijnen: gemeenten die aan elkaar grenzen.", "Dotted lines: municipalities that share a border."
    ),
    "pic.domains": _both("{name}: per domein wie het samen doet", "{name}: by domain who does it together"),
    "pic.domains.how": _both(
        "Binnen een kaartje is dezelfde kleur samen; grijs doet het alleen. Overlegtafels ernaast tellen niet mee.",
        "Within a map the same colour is together; grey does it alone. Tables beside the work do not count.",
    ),
    "pic.alone": _both("alleen", "alone"),
}
