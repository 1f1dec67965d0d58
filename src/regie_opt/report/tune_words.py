"""What the report of `tune` prints, in Dutch and in English."""

from regie_opt.schema.strict import Label


def _both(nl: str, en: str) -> Label:
    return Label(nl=nl, en=en)


TUNE_WORDS: dict[str, Label] = {
    "tune.short": _both("Kort", "In short"),
    "tune.value": _both(
        "Het aanbevolen voorstel (voorstel 1) is {value} waard, bewezen optimaal bij de gewichten van nu.",
        "The recommended plan (plan 1) is worth {value}, proven optimal at the present weights.",
    ),
    "tune.value.open": _both(
        "Het aanbevolen voorstel (voorstel 1) is {value} waard, maar niet bewezen optimaal (gat {gap}): alles "
        "hieronder is "
        "een schatting.",
        "The recommended plan (plan 1) is worth {value}, but not proven optimal (gap {gap}): all below is an estimate.",
    ),
    "tune.robust": _both(
        "{count} van {all:# gewicht|# gewichten} {count:kan|kunnen} de helft en het dubbele zijn zonder dat het "
        "voorstel verandert.",
        "{count} of {all:# weight|# weights} can be half and double without a change of the plan.",
    ),
    "tune.nearest": _both(
        "Het dichtst bij een ander voorstel: {weight}. Bij {limit} in plaats van {present} ({change}) wint voorstel "
        "{plan}.",
        "Nearest to another plan: {weight}. At {limit} instead of {present} ({change}) plan {plan} takes over.",
    ),
    "tune.matters": _both(
        "Het meest maakt uit: {weight}. Wie bij {then} in plaats van {present} het voorstel houdt, verliest {loss} "
        "punten.",
        "What matters most: {weight}. Who keeps the plan at {then} instead of {present} loses {loss} points.",
    ),
    "tune.intervals": _both("Tot waar het voorstel het beste blijft", "How far the plan stays the best"),
    "tune.weight": _both("Gewicht", "Weight"),
    "tune.now": _both("Nu", "Now"),
    "tune.from": _both("Van", "From"),
    "tune.to": _both("Tot", "To"),
    "tune.below": _both("Eronder wint", "Below it wins"),
    "tune.above": _both("Erboven wint", "Above it wins"),
    "tune.plan.cells": _both(
        "voorstel {plan} ({cells:# cel|# cellen})",
        "plan {plan} ({cells:# cell|# cells})",
    ),
    "tune.none": _both("niets", "nothing"),
    "tune.reach": _both("niets t/m {weight}", "nothing up to {weight}"),
    "tune.open": _both("{text} *", "{text} *"),
    "tune.intervals.note": _both(
        "Alle andere gewichten blijven wat ze zijn. De grenzen zijn berekend, niet geschat: op de grens is opnieuw "
        "opgelost, "
        "en daar is niets beter dan het voorstel. Tussen haakjes: cellen (gemeente en domein) die anders gegroepeerd "
        "zijn.",
        "All other weights stay as they are. The limits are computed, not estimated: it was solved again at each "
        "limit, "
        "and nothing is better there than the plan. In brackets: cells (municipality and domain) that are grouped "
        "differently.",
    ),
    "tune.intervals.open": _both(
        "* Niet bewezen (tijd op, of een gat toegestaan). Waar een ander voorstel staat, is dat hierbuiten zeker "
        "beter, en ook hierbinnen kan iets beter zijn.",
        "* Not proven (time ran out, or a gap was allowed). Where another plan is named it is certainly better "
        "outside this; something may be better inside too.",
    ),
    "tune.intervals.bent": _both(
        "~ De waarde is niet lineair in dit gewicht (diensten over en weer, formule 15). Bewezen op de grens en "
        "halverwege; daartussen is niets meer dan {slack} punten (duizendsten van de waarde) beter.",
        "~ The value is not linear in this weight (services given back, formula 15). Proven at the limit and halfway; "
        "in between nothing is better by more than {slack} points (thousandths of the value).",
    ),
    "tune.tornado": _both("Welke gewichten ertoe doen", "Which weights matter"),
    "tune.low.loss": _both("Half: verlies", "Half: loss"),
    "tune.high.loss": _both("Dubbel: verlies", "Double: loss"),
    "tune.low.cells": _both("Half: cellen", "Half: cells"),
    "tune.high.cells": _both("Dubbel: cellen", "Double: cells"),
    "tune.low.plan": _both("Half: wint", "Half: wins"),
    "tune.high.plan": _both("Dubbel: wint", "Double: wins"),
    "tune.bar": _both("Grootste verlies", "Largest loss"),
    "tune.up": _both("{weight} (0 naar {high})", "{weight} (0 to {high})"),
    "tune.tornado.note": _both(
        "Elk gewicht gehalveerd en verdubbeld. Verlies: punten (duizendsten van de waarde) die het kost om dan bij "
        "voorstel 1 te blijven. Cellen: hoeveel er in het beste voorstel dan anders gegroepeerd zijn. Wint: het nummer "
        "van dat voorstel.",
        "Each weight halved and doubled. Loss: points (thousandths of the value) that it costs to keep plan 1 then. "
        "Cells: how many are grouped differently in the best plan then. Wins: the number of that plan.",
    ),
    "tune.tornado.open": _both(
        "Niet overal bewezen: het grootste gat is {gap}. Het verlies kan daar groter zijn.",
        "Not proven everywhere: the largest gap is {gap}. The loss may be larger there.",
    ),
    "tune.plans": _both("De voorstellen", "The plans"),
    "tune.plan": _both("Voorstel", "Plan"),
    "tune.hours": _both("Uren per jaar", "Hours per year"),
    "tune.partnerships": _both("Verbanden", "Partnerships"),
    "tune.cells": _both("Cellen anders", "Cells differ"),
    "tune.where": _both("Waar anders dan voorstel 1 (cellen)", "Where it differs from plan 1 (cells)"),
    "tune.recommended": _both("aanbevolen", "recommended"),
    "tune.bundled": _both(
        "dezelfde groepen, anders gebundeld of voortgezet", "the same groups, bundled or continued differently"
    ),
    "tune.plans.note": _both(
        "Anders: met andere partners, in een andere vorm, met een andere uitvoerder, of alleen in plaats van samen. "
        "De "
        "voorstellen zelf staan in het bestand van -o FILE.json.",
        "Differs: with other partners, in another form, with another host, or alone instead of together. The plans "
        "themselves are in the file of -o FILE.json.",
    ),
    "tune.sweep": _both("Stap voor stap", "Step by step"),
    "tune.sweep.value": _both("Waarde", "Value"),
    "tune.sweep.gap": _both("Gat", "Gap"),
    "tune.sweep.infeasible": _both("geen voorstel mogelijk", "no plan possible"),
    "tune.sweep.unfinished": _both("tijd op", "no plan in time"),
    "tune.sweep.conflict": _both(
        "Geen voorstel voldoet bij {values}: {rules} kunnen niet samen gelden.",
        "No plan obeys the rules at {values}: {rules} cannot all hold.",
    ),
    "tune.sweep.gap.note": _both(
        "Gat: hoeveel de waarde nog hoger kan zijn, als deel van de winst op alleen; leeg is bewezen optimaal.",
        "Gap: how much higher the value may be, as a share of the gain over everybody alone; empty is proven optimal.",
    ),
    "tune.matrix": _both("Voorstel per combinatie", "Plan at each combination"),
    "tune.matrix.note": _both(
        "Rijen: {rows}. Kolommen: {columns}. In de cel: het nummer van het beste voorstel.",
        "Rows: {rows}. Columns: {columns}. In each cell: the number of the best plan.",
    ),
    "tune.breaks": _both("Waar het ene voorstel het andere opvolgt", "Where one plan takes over from another"),
    "tune.before": _both("Ervoor", "Before"),
    "tune.after": _both("Erna", "After"),
    "tune.breaks.none": _both(
        "Nergens: hetzelfde voorstel is overal tussen {low} en {high} het beste.",
        "Nowhere: the same plan is the best everywhere between {low} and {high}.",
    ),
    "tune.breaks.note": _both(
        "Exact: waar de waarden van beide voorstellen gelijk zijn; daar is opnieuw opgelost en niets is er beter.",
        "Exact: where both plans are worth the same; it was solved again there and nothing is better.",
    ),
    "tune.breaks.bent": _both(
        "De waarde is niet lineair in dit gewicht (diensten over en weer): tussen twee stappen kan nog een voorstel "
        "kort het "
        "beste zijn.",
        "The value is not linear in this weight (services given back): between two steps yet another plan may be the "
        "best "
        "for a while.",
    ),
    "tune.judged": _both("Gewichten uit {file}", "Weights from {file}"),
    "tune.priority": _both("Belang", "Priority"),
    "tune.swing": _both("Slag / referentie", "Swing / reference"),
    "tune.weight.now": _both("Gewicht nu", "Weight now"),
    "tune.weight.then": _both("Gewicht dan", "Weight then"),
    "tune.judged.swing": _both(
        "Uit punten. Gewicht = schaal x belang x referentie / (slechtst tot best), want een gewicht is de waarde van "
        "één "
        "referentie. De schaal houdt de waarde van alle slagen samen gelijk aan die van nu.",
        "From points. Weight = scale x priority x reference / (worst to best), for a weight is the value of one "
        "reference. "
        "The scale keeps the value of all swings together what it is now.",
    ),
    "tune.judged.pairwise": _both(
        "Uit paren (AHP): belang is de hoofdeigenvector; gewicht = schaal x belang x referentie / (slechtst tot "
        "best), of "
        "zonder bereik de hele referentie. De schaal houdt de waarde van alle slagen samen gelijk aan die van nu.",
        "From pairs (AHP): priority is the principal eigenvector; weight = scale x priority x reference / (worst to "
        "best), or "
        "the whole reference without a range. The scale keeps the value of all swings together what it is now.",
    ),
    "tune.judged.domains": _both(
        "Gewichten van domeinen staan in verhouding tot hun belang; hun gemiddelde blijft.",
        "Weights of domains are in proportion to their priority; their mean stays.",
    ),
    "tune.consistency": _both(
        "Consistentie: hoofdeigenwaarde {eigenvalue}, index {index}, ratio {ratio} (willekeurige index {random}, "
        "Saaty 1980; "
        "tot 0,10 is bruikbaar).",
        "Consistency: principal eigenvalue {eigenvalue}, index {index}, ratio {ratio} (random index {random}, Saaty "
        "1980; up to "
        "0.10 is usable).",
    ),
    "tune.inconsistent": _both(
        "LET OP: de vergelijkingen spreken elkaar te veel tegen (ratio {ratio}, hooguit 0,10). Kijk eerst naar {a} "
        "tegenover "
        "{c}: direct {direct} keer, via {b} {implied} keer.",
        "WARNING: the comparisons contradict each other too much (ratio {ratio}, at most 0.10). Look first at {a} "
        "against {c}: "
        "directly {direct} times, by way of {b} {implied} times.",
    ),
    "tune.verdict": _both("Het voorstel bij deze gewichten", "The plan under these weights"),
    "tune.verdict.same": _both(
        "Het aanbevolen voorstel blijft het beste: waarde {value} bij deze gewichten.",
        "The recommended plan stays the best: worth {value} under these weights.",
    ),
    "tune.verdict.other": _both(
        "Voorstel {plan} wint: waarde {value}, tegen {kept} voor voorstel 1 bij deze gewichten; {cells:# cel|# "
        "cellen} anders gegroepeerd.",
        "Plan {plan} wins: worth {value}, against {kept} for plan 1 under these weights; {cells:# cell is|# cells "
        "are} grouped differently.",
    ),
    "tune.verdict.open": _both("Niet bewezen: gat {gap}.", "Not proven: gap {gap}."),
    "tune.verdict.unfinished": _both(
        "De tijd was op voor er een voorstel bij deze gewichten was.",
        "Time ran out before there was a plan under these weights.",
    ),
    "tune.paste": _both("Om over te nemen", "To copy"),
    "tune.paste.set": _both("Op de opdrachtregel:", "On the command line:"),
    "tune.paste.variant": _both("Of als variant in het scenariobestand:", "Or as a variant in the scenario file:"),
    "tune.template": _both("{path} geschreven.", "{path} written."),
    "tune.template.head": _both(
        "Oordelen voor regie-opt tune --elicit. Denk per criterium aan de slag van slechtst naar best (in de eenheid\n"
        "erachter): hier van vandaag, iedereen alleen en het aanbevolen voorstel. Pas het bereik aan als u aan iets\n"
        "anders denkt; een groter bereik telt zwaarder.",
        "Judgements for regie-opt tune --elicit. Think for each criterion of the swing from worst to best (in the "
        "unit\n"
        "behind it): here of today, everybody alone and the recommended plan. Change the range if you think of\n"
        "something else; a larger range counts more.",
    ),
    "tune.template.sheet.points": _both("Punten", "Points"),
    "tune.template.sheet.pairs": _both("Paren", "Pairs"),
    "tune.template.what": _both("Wat", "What"),
    "tune.template.worst": _both("Slechtst", "Worst"),
    "tune.template.best": _both("Best", "Best"),
    "tune.template.points.heading": _both("Punten", "Points"),
    "tune.template.unit": _both("Eenheid", "Unit"),
    "tune.template.more": _both("Belangrijker", "More important"),
    "tune.template.less": _both("Minder belangrijk", "Less important"),
    "tune.template.times": _both("Keer", "Times"),
    "tune.template.points": _both(
        "Punten: de slag die u het meest waard is 100, de andere in verhouding.",
        "Points: the swing that is worth most to you 100, the others in proportion.",
    ),
    "tune.template.pairs": _both(
        "Of, in plaats van punten, alle paren op de schaal van Saaty (1 even belangrijk, 3 iets, 5 sterk, 9 uiterst):",
        "Or, instead of points, all pairs on Saaty's scale (1 equally important, 3 somewhat, 5 strongly, 9 extremely):",
    ),
}
