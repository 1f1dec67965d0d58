"""What the report of `alternatives` prints, in Dutch and in English."""

from regie_opt.schema.strict import Label


def _both(nl: str, en: str) -> Label:
    return Label(nl=nl, en=en)


ALTERNATIVES_WORDS: dict[str, Label] = {
    "alt.short": _both("Kort", "In short"),
    "alt.best.optimal": _both(
        "Het beste plan is {value} waard, bewezen optimaal; het {gain:wint # op|verliest # op|is evenveel waard "
        "als} ieder voor zich.",
        "The best plan is worth {value}, proven optimal; it {gain:gains # on|loses # on|is worth as much as} "
        "everybody alone.",
    ),
    "alt.best.feasible": _both(
        "NIET BEWEZEN OPTIMAAL: het beste gevonden plan is {value} waard (grens {bound}, afstand {gap}); het "
        "{gain:wint # op|verliest # op|is evenveel waard als} ieder voor zich. Alles hieronder is ten opzichte "
        "van dit plan.",
        "NOT PROVEN OPTIMAL: the best plan found is worth {value} (bound {bound}, gap {gap}); it {gain:gains # "
        "on|loses # on|is worth as much as} everybody alone. All below is relative to this plan.",
    ),
    "alt.within": _both(
        "Bijna even goed: plannen die hooguit {within} van die winst minder waard zijn.",
        "Nearly as good: plans that are worth at most {within} of that gain less.",
    ),
    "alt.none": _both(
        "Er is geen ander plan dat bijna even goed is: bewezen. Andere indeling kost meer dan {within} van de winst.",
        "No other plan is nearly as good: proven. Any other arrangement costs more than {within} of the gain.",
    ),
    "alt.all": _both(
        "{count:Dit is het enige plan dat|Dit zijn alle # plannen die} bijna even goed {count:is|zijn}: bewezen, "
        "andere zijn er niet.",
        "{count:This is the only plan that is|These are all # plans that are} nearly as good: proven, there are "
        "no others.",
    ),
    "alt.most_different": _both(
        "Hieronder staan de {count} plannen die het meest van elkaar verschillen.",
        "Below are the {count} plans that differ most from each other.",
    ),
    "alt.some": _both(
        "Hieronder staan {count} plannen die van elkaar verschillen; niet van elk is bewezen dat geen ander meer "
        "verschilt.",
        "Below are {count} plans that differ from each other; not of each is it proven that no other differs more.",
    ),
    "alt.more": _both("Er zijn er meer die bijna even goed zijn.", "There are more that are nearly as good."),
    "alt.unknown": _both(
        "Of er meer zijn die bijna even goed zijn, is niet bekend: het zoeken is niet afgemaakt.",
        "Whether there are more that are nearly as good is not known: the search was not finished.",
    ),
    "alt.farthest": _both(
        "Van deze verschilt het verste plan van het beste in {cells} van {all:# onderdeel|# onderdelen} ({share}).",
        "The farthest of these differs from the best in {cells} of {all:# part|# parts} ({share}).",
    ),
    "alt.parts": _both(
        "Een onderdeel is een domein van een gemeente ({cells}) of een tafel ernaast ({tables}). Anders is: met "
        "anderen, in een andere vorm, of alleen; bij een tafel: houden of beëindigen.",
        "A part is a domain of a municipality ({cells}) or a table beside the work ({tables}). Different is: with "
        "others, in another form, or alone; of a table: kept or ended.",
    ),
    "alt.same": _both(
        "Gastheren, wat wordt voortgezet en de bundeling van domeinen maken geen ander plan: per indeling telt het "
        "beste.",
        "Hosts, what is continued and how domains are bundled make no other plan: of each arrangement the best counts.",
    ),
    "alt.complete": _both(
        "Gezocht over alle mogelijke samenwerkingen die in zo'n plan kunnen zitten ({rule}).",
        "Searched over all possible partnerships that such a plan may have ({rule}).",
    ),
    "alt.limited": _both(
        "NIET VOLLEDIG: gezocht over een deel van de mogelijke samenwerkingen; er zijn er meer die in zo'n plan "
        "kunnen zitten. Wat gevonden is klopt; dat er niets anders is, is niet bewezen. Een kleinere --within kan "
        "wel volledig zijn.",
        "NOT COMPLETE: searched over some of the possible partnerships; more could be in such a plan. What was "
        "found is right; that there is nothing else is not proven. A smaller --within may be complete.",
    ),
    "alt.plans": _both("De plannen", "The plans"),
    "alt.plan": _both("Plan", "Plan"),
    "alt.best": _both("beste", "best"),
    "alt.value": _both("Waarde", "Value"),
    "alt.loss": _both("Winst minder %", "Gain lost %"),
    "alt.differs": _both("Anders dan het beste", "Unlike the best"),
    "alt.share": _both("Deel %", "Share %"),
    "alt.apart": _both("Anders dan elk eerder", "Unlike all before"),
    "alt.proof": _both("Verder kan niet", "None is farther"),
    "alt.proven": _both("bewezen", "proven"),
    "alt.most": _both("hooguit {most}", "at most {most}"),
    "alt.partnerships": _both("Verbanden", "Partnerships"),
    "alt.plans.note": _both(
        "Elk volgend plan is het verste van alle eerdere dat gevonden werd, en van zulke het beste. Bewezen: geen ligt "
        "verder.",
        "Each next plan is the farthest from all before it that was found, and of such the best. Proven: none is "
        "farther.",
    ),
    "alt.distances": _both("Hoeveel onderdelen de plannen verschillen", "In how many parts the plans differ"),
    "alt.where": _both(
        "Per gemeente: domeinen anders dan in het beste plan", "By municipality: domains unlike the best plan"
    ),
    "alt.tables": _both("Tafels ernaast", "Tables beside"),
    "alt.trades": _both("Wat elk plan ruilt tegen het beste", "What each plan trades against the best"),
    "alt.trades.note": _both(
        "Verschil met het beste plan, in de eenheid van het criterium; de laatste regel in waarde.",
        "Difference from the best plan, in the unit of the criterion; the last line in value.",
    ),
    "alt.common": _both(
        "Gelijk in elk plan dat bijna even goed is (bewezen)",
        "The same in every plan that is nearly as good (proven)",
    ),
    "alt.common.none": _both("Van niets is dat bewezen.", "That is proven of nothing."),
    "alt.found": _both("Gelijk in alle gevonden plannen, niet bewezen", "The same in all plans found, not proven"),
    "alt.found.note": _both(
        "Er kan een plan zijn dat bijna even goed is en dit anders doet.",
        "There may be a plan that is nearly as good and does this otherwise.",
    ),
    "alt.what": _both("Wat", "What"),
    "alt.kind.group": _both("{form}", "{form}"),
    "alt.kind.outside": _both("{form} (met leden buiten de regio: {name})", "{form} (with members outside: {name})"),
    "alt.kind.together": _both("samen, vorm en verdere leden open", "together, form and further members open"),
    "alt.kind.alone": _both("alleen", "alone"),
    "alt.kind.table_kept": _both("tafel blijft: {name}", "table stays: {name}"),
    "alt.kind.table_ended": _both("tafel eindigt: {name}", "table ends: {name}"),
    "alt.common.note": _both(
        "Bewezen onder de aannames en gewichten van dit scenario: wie het anders doet, verliest meer dan {within} "
        "van de winst. Andere aannames kunnen een ander plan geven; robust laat zien wat dan blijft.",
        "Proven under the assumptions and weights of this scenario: whoever does it otherwise loses more than "
        "{within} of the gain. Other assumptions may give another plan; robust shows what stays then.",
    ),
    "alt.instead": _both("Plan {number}: wat anders is dan in het beste", "Plan {number}: what is unlike the best"),
    "alt.in": _both("erin", "in"),
    "alt.out": _both("eruit", "out"),
    "alt.list": _both("Alle plannen op waarde", "All plans by value"),
    "alt.list.all": _both(
        "Bewezen: andere plannen die bijna even goed zijn, zijn er niet.",
        "Proven: there are no other plans that are nearly as good.",
    ),
    "alt.list.more": _both(
        "Er zijn er meer, of dat is niet uitgesloten.{order}",
        "There are more, or that is not ruled out.{order}",
    ),
    "alt.list.order": _both(
        " Bewezen: wat niet in de lijst staat, is niet beter dan de laatste.",
        " Proven: none outside the list is better than the last.",
    ),
}
