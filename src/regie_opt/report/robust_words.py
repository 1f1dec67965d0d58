"""What the report of `robust` prints, in Dutch and in English."""

from regie_opt.schema.strict import Label


def _both(nl: str, en: str) -> Label:
    return Label(nl=nl, en=en)


ROBUST_WORDS: dict[str, Label] = {
    "rob.short": _both("Kort", "In short"),
    "rob.samples": _both(
        "{count:# steekproef|# steekproeven} van {assumptions:# onzekere aanname|# onzekere aannames} (Latijnse "
        "hyperkubus, seed {seed}), {count:|elk }helemaal opgelost: {statuses}.",
        "{count:# sample|# samples} of {assumptions:# uncertain assumption|# uncertain assumptions} (Latin "
        "hypercube, seed {seed}), {count:|each }solved in full: {statuses}.",
    ),
    "rob.status.optimal": _both("{count} bewezen optimaal", "{count} proven optimal"),
    "rob.status.feasible": _both("{count} niet bewezen", "{count} not proven"),
    "rob.status.infeasible": _both(
        "in {count} voldoet geen voorstel aan de regels", "in {count} no plan obeys the rules"
    ),
    "rob.status.unfinished": _both("{count} zonder voorstel (tijd op)", "{count} without a plan (out of time)"),
    "rob.idle": _both(
        "Maken hier geen verschil en zijn niet gevarieerd: {names}.",
        "Make no difference here, and were not varied: {names}.",
    ),
    "rob.best": _both(
        "Het voorstel is het beste in {count} van {total:# steekproef|# steekproeven}; {plans:één voorstel is "
        "overal het beste|in totaal zijn er # verschillende beste voorstellen}.",
        "The proposal is the best in {count} of {total:# sample|# samples}; {plans:one plan is the best "
        "everywhere|# different plans are the best in some}.",
    ),
    "rob.mean.cells": _both(
        "In het beste voorstel van een steekproef: gemiddeld {mean} van {cells:# cel|# cellen} anders (andere "
        "partners, vorm of gastheer).",
        "In the best plan of a sample, on average {mean} of {cells:# cell|# cells} differ (other partners, form "
        "or host).",
    ),
    "rob.broken": _both(
        "In {count:# steekproef|# steekproeven} mag het voorstel niet: {rules}.",
        "In {count:# sample|# samples} the proposal is not allowed: {rules}.",
    ),
    "rob.regret": _both(
        "Het laat hoogstens {largest} punten liggen op het beste van een steekproef, en gemiddeld {mean}; zoals "
        "beschreven {gain:wint het # punten op|is het # punten minder waard dan|is het evenveel waard als} "
        "iedereen alleen.",
        "It loses at most {largest} points on the best of a sample, and {mean} on average; as written it "
        "{gain:gains # points over|is worth # points less than|is worth as much as} everybody alone.",
    ),
    "rob.regret.allowed": _both(
        "Waar het wel mag, laat het hoogstens {largest} punten liggen op het beste van de steekproef, en "
        "gemiddeld {mean}; zoals beschreven {gain:wint het # punten op|is het # punten minder waard dan|is het "
        "evenveel waard als} iedereen alleen.",
        "Where it is allowed, it loses at most {largest} points on the best of the sample, and {mean} on average; "
        "as written it {gain:gains # points over|is worth # points less than|is worth as much as} everybody alone.",
    ),
    "rob.regret.nowhere": _both(
        "Het mag in geen enkele steekproef waarvoor een voorstel is gevonden: over spijt valt niets te zeggen.",
        "It is allowed in no sample in which a plan was found: nothing can be said of regret.",
    ),
    "rob.least.same": _both(
        "Van alle gevonden voorstellen heeft dit de kleinste grootste spijt.",
        "Of all plans found it has the least largest regret.",
    ),
    "rob.least.other": _both(
        "De kleinste grootste spijt heeft voorstel {number}: hoogstens {largest} punten, gemiddeld {mean}; het "
        "verschilt in {cells:# cel|# cellen} en mag in elke steekproef.",
        "The least largest regret has plan {number}: at most {largest} points, {mean} on average; it differs in "
        "{cells:# cell|# cells}, and is allowed in every sample.",
    ),
    "rob.least.out": _both(
        "Elk voorstel mag ergens niet; het minst vaak voorstel {number} (in {out:# steekproef|# steekproeven} "
        "niet): hoogstens {largest} punten, gemiddeld {mean}; het verschilt in {cells:# cel|# cellen}.",
        "Every plan is not allowed somewhere; plan {number} least often (not in {out:# sample|# samples}): at "
        "most {largest} points, {mean} on average; it differs in {cells:# cell|# cells}.",
    ),
    "rob.firm": _both(
        "{count} van {total:# samenwerkingsverband|# samenwerkingsverbanden} van het voorstel "
        "{count:blijft|blijven} in ten minste {share} van de steekproeven.",
        "{count} of {total:# partnership|# partnerships} of the proposal {count:stays|stay} in at least {share} "
        "of the samples.",
    ),
    "rob.decide": _both("Wat beslist: {names}.", "What decides: {names}."),
    "rob.decide.none": _both(
        "Geen enkele aanname steekt boven het toeval uit: er is meer dan een, of er zijn te weinig steekproeven.",
        "No single assumption stands out from chance: there are several, or too few samples.",
    ),
    "rob.unproven": _both(
        "Het voorstel zelf is niet bewezen optimaal (afstand {gap}).",
        "The proposal itself is not proven optimal (gap {gap}).",
    ),
    "rob.unproven.samples": _both(
        "In {count:# steekproef|# steekproeven} is het beste niet bewezen: spijt is daar gemeten aan het beste "
        "dat gevonden is, en kan groter zijn.",
        "In {count:# sample|# samples} the best is not proven: regret is measured there against the best found, "
        "and may be larger.",
    ),
    "rob.nothing": _both(
        "In geen enkele steekproef is een voorstel gevonden: over robuustheid valt niets te zeggen.",
        "No plan was found in any sample: nothing can be said.",
    ),
    "rob.staying": _both("Wat blijft van het voorstel", "What stays of the proposal"),
    "rob.partnership": _both("Samenwerkingsverband", "Partnership"),
    "rob.form": _both("Vorm", "Form"),
    "rob.members": _both("Leden", "Members"),
    "rob.domains": _both("Domeinen", "Domains"),
    "rob.unchanged": _both("Precies\nzo", "Un-\nchanged"),
    "rob.together": _both("Vorm en\nleden", "Form and\nmembers"),
    "rob.any_form": _both("Alleen\nleden", "Members\nonly"),
    "rob.interval": _both("95 %-\ninterval", "95%\ninterval"),
    "rob.staying.note": _both(
        "Aantal van {total:# steekproef|# steekproeven} waarin het in het beste voorstel zit: precies zo; in "
        "dezelfde vorm met dezelfde leden en ten minste een van de domeinen; met dezelfde leden, ongeacht de "
        "vorm. Het interval (Wilson) hoort bij vorm en leden. Wat de wet oplegt staat er niet bij.",
        "Number of {total:# sample|# samples} in which it is in the best plan: unchanged; in the same form with "
        "the same members and at least one of the domains; with the same members in any form. The interval "
        "(Wilson) is that of form and members. What the law imposes is left out.",
    ),
    "rob.instead": _both("Wat er vaak in de plaats komt", "What often comes instead"),
    "rob.instead.note": _both(
        "Verbanden die niet in het voorstel zitten; {shown} van {count}, de rest staat in csv en json.",
        "Partnerships that are not in the proposal; {shown} of {count}, the rest is in csv and json.",
    ),
    "rob.domain": _both("Per domein", "Per domain"),
    "rob.pairs": _both("Paren in het\nvoorstel", "Pairs in the\nproposal"),
    "rob.mean": _both("Blijven samen,\ngemiddeld", "Stay together,\non average"),
    "rob.always": _both("Waarvan in\n{share} samen", "Of which in\n{share} together"),
    "rob.new": _both("Andere paren,\nvaak samen", "Other pairs,\noften together"),
    "rob.domain.note": _both(
        "Paren van gemeenten die het domein samen doen, in welke vorm ook. Andere paren: niet in het voorstel, en"
        " in ten minste de helft van de steekproeven samen. Per paar: zie csv en json.",
        "Pairs of municipalities that do the domain together, in whatever form. Other pairs: not in the proposal,"
        " and together in at least half of the samples. By pair: see csv and json.",
    ),
    "rob.plans": _both("De gevonden voorstellen", "The plans found"),
    "rob.number": _both("Voorstel", "Plan"),
    "rob.best_in": _both("Beste in", "Best in"),
    "rob.cells": _both("Andere\ncellen", "Cells\nthat differ"),
    "rob.out": _both("Mag niet\nin", "Not allowed\nin"),
    "rob.largest": _both("Grootste\nspijt", "Largest\nregret"),
    "rob.mean_regret": _both("Gemiddelde\nspijt", "Mean\nregret"),
    "rob.rules": _both("Regels die het dan breekt", "Rules that it breaks then"),
    "rob.trust": _both("te weinig vertrouwen voor de vorm", "too little trust for the form"),
    "rob.point": _both(",", "."),
    "rob.plans.note": _both(
        "Voorstel 1 is het voorstel zoals beschreven. Spijt: punten (duizendsten van de waarde) minder dan het "
        "beste dat in dezelfde steekproef gevonden is; alleen waar het voorstel mag. Bovenaan staat wat het minst"
        " vaak niet mag, en dan wat de kleinste grootste spijt heeft. {shown} van {count}; alles staat in csv en "
        "json.",
        "Plan 1 is the proposal as written. Regret: points (thousandths of the value) less than the best that was"
        " found in the same sample; only where the plan is allowed. First comes what is not allowed least often, "
        "and then what has the least largest regret. {shown} of {count}; csv and json have all.",
    ),
    "rob.least": _both("Voorstel {number}: de kleinste grootste spijt", "Plan {number}: the least largest regret"),
    "rob.deciding": _both("Welke aannames beslissen", "Which assumptions decide"),
    "rob.assumption": _both("Aanname", "Assumption"),
    "rob.range": _both("Laag - waarschijnlijk\n- hoog", "Low - likely\n- high"),
    "rob.gain": _both("Winst", "Gain"),
    "rob.regret.column": _both("Spijt", "Regret"),
    "rob.regrouped": _both("Andere cellen", "Cells that differ"),
    "rob.source": _both("Bron", "Source"),
    "rob.deciding.note": _both(
        "Rangcorrelatie (Spearman) tussen wat er aangenomen is en: de winst van het voorstel op iedereen alleen, "
        "de spijt van het voorstel, en hoeveel cellen er in het beste voorstel anders zijn. Tussen haakjes: "
        "toeval. Van {assumptions:# aanname die niets doet|# aannames die niets doen}, komt de sterkste in een "
        "van de twintig keer boven {gain} (winst), {regret} (spijt) of {regrouped} (cellen). Een correlatie ziet "
        "alleen wat steeds dezelfde kant op werkt.",
        "Rank correlation (Spearman) between what was assumed and: the gain of the proposal over everybody alone, "
        "the regret of the proposal, and how many cells of the best plan differ. In brackets: chance. Of "
        "{assumptions:# assumption that does|# assumptions that do} nothing, the strongest is beyond {gain} "
        "(gain), {regret} (regret) or {regrouped} (cells) once in twenty times. A correlation only sees what "
        "always works in one direction.",
    ),
    "rob.deciding.rest": _both(
        "{count:De andere blijft|De andere # blijven} overal binnen het toeval; de cijfers staan in csv en json.",
        "{count:The other one is|The other # are} within chance everywhere; csv and json have the figures.",
    ),
    "rob.limits": _both("Wat dit niet zegt", "What this does not say"),
    "rob.limits.share": _both(
        "Een aandeel van steekproeven is geen kans: de grenzen zijn voor het grootste deel aannames, en een "
        "aanname hangt hier niet van een andere af.",
        "A share of samples is no probability: most ranges are assumptions themselves, and one assumption does "
        "not depend on another here.",
    ),
    "rob.limits.common": _both(
        "Elke factor geldt voor alle gemeenten tegelijk. Fouten die per gemeente verschillen, zoals in uitgaven "
        "en personeel, zijn niet getrokken; die raken vooral wie met wie.",
        "Every factor is the same for all municipalities. Errors that differ by municipality, as in spending and "
        "staff, were not drawn; those affect who is with whom most.",
    ),
    "rob.limits.fixed": _both(
        "Niet gevarieerd: gewichten en regels (een keuze), inventaris, inwoners, ingevulde relaties en gemeten "
        "uren, de vorm van de formules, en wat niet in `uncertainty` staat.",
        "Not varied: weights and rules (a choice), inventory, inhabitants, relations and measured hours that were"
        " filled in, the shape of the formulas, and what is not in `uncertainty`.",
    ),
    "rob.limits.references": _both(
        "De referenties van de waarde blijven die van het scenario zoals beschreven, zodat waarden te vergelijken"
        " zijn.",
        "The references of the value stay those of the scenario as written, so that values compare.",
    ),
    "rob.limits.found": _both(
        "Spijt vergelijkt gevonden voorstellen: een voorstel dat nergens het beste is, kan een nog kleinere "
        "grootste spijt hebben.",
        "Regret compares plans that were found: one that is the best nowhere may have a smaller largest regret still.",
    ),
    "rob.assumed": _both("{source} en aanname", "{source} and assumption"),
    "rob.all.samples": _both("Alle steekproeven", "All samples"),
    "rob.all.regrets": _both("Elk voorstel in elke steekproef", "Every plan in every sample"),
    "rob.all.pairs": _both("Elk paar per domein", "Every pair by domain"),
    "rob.all.plans": _both("Wat er in elk voorstel zit", "What is in every plan"),
    "rob.sample": _both("Steekproef", "Sample"),
    "rob.status": _both("Status", "Status"),
    "rob.value": _both("Waarde", "Value"),
    "rob.gap": _both("Afstand", "Gap"),
    "rob.alone": _both("Alleen", "Alone"),
    "rob.today": _both("Vandaag", "Today"),
    "rob.nominal": _both("Waarde van het voorstel", "Value of the proposal"),
    "rob.regret.one": _both("Spijt", "Regret"),
    "rob.first": _both("Gemeente", "Municipality"),
    "rob.second": _both("En", "And"),
    "rob.proposed": _both("In het voorstel", "In the proposal"),
    "rob.yes": _both("ja", "yes"),
    "rob.no": _both("nee", "no"),
    "rob.hosts": _both("Gastheren", "Hosts"),
}
