"""Every text that a report prints, in Dutch and in English."""

from dataclasses import dataclass

from regie_opt.report.alternatives_words import ALTERNATIVES_WORDS
from regie_opt.report.comparison_words import COMPARISON_WORDS
from regie_opt.report.explanation_words import EXPLANATION_WORDS
from regie_opt.report.inflection import Count
from regie_opt.report.inventory_words import INVENTORY_WORDS
from regie_opt.report.numbers import Language
from regie_opt.report.pareto_words import PARETO_WORDS
from regie_opt.report.robust_words import ROBUST_WORDS
from regie_opt.report.tune_words import TUNE_WORDS
from regie_opt.schema.strict import Label

SEPARATOR = "\u00a0· "
"""Between names in a list: names contain commas. The hard space keeps the dot on the line of its name."""


def _both(nl: str, en: str) -> Label:
    return Label(nl=nl, en=en)


WORDS: dict[str, Label] = {
    **COMPARISON_WORDS,
    **INVENTORY_WORDS,
    **ROBUST_WORDS,
    **EXPLANATION_WORDS,
    **TUNE_WORDS,
    **PARETO_WORDS,
    **ALTERNATIVES_WORDS,
    # title and headline
    "variant": _both("Variant: {name}", "Variant: {name}"),
    "municipalities": _both(
        "{count:# gemeente|# gemeenten}, {inhabitants:# inwoner|# inwoners}: {names}",
        "{count:# municipality|# municipalities}, {inhabitants:# inhabitant|# inhabitants}: {names}",
    ),
    "domains": _both(
        "{count:# domein|# domeinen}: {names}",
        "{count:# domain|# domains}: {names}",
    ),
    "headline": _both("Kort", "In short"),
    "headline.partnerships": _both(
        "Het voorstel telt {count:# samenwerkingsverband|# samenwerkingsverbanden} (nu {today}){parts}.",
        "The proposal has {count:# partnership|# partnerships} (today {today}){parts}.",
    ),
    "headline.value": _both(
        "Waarde: {today} nu, {plan} met het voorstel ({difference}).",
        "Value: {today} today, {plan} with the proposal ({difference}).",
    ),
    "headline.hours": _both(
        "Uren voor samenwerking in de regio: {today} nu, {plan} met het voorstel ({change}).",
        "Hours spent on cooperation in the region: {today} today, {plan} with the proposal ({change}).",
    ),
    "headline.cost": _both(
        "Uitvoeringskosten volgens het model: "
        "{euro:# euro per jaar meer dan nu|# euro per jaar minder dan nu|gelijk aan nu}.",
        "Running cost by the model: {euro:# euro per year more than today|# euro per year less than today|as today}.",
    ),
    "count.new": _both("{count} nieuw", "{count} new"),
    "count.changed": _both("{count} gewijzigd", "{count} changed"),
    "count.kept": _both("{count} ongewijzigd", "{count} unchanged"),
    "count.frozen": _both("{count} vast", "{count} fixed"),
    "count.ended": _both("{count} beëindigd", "{count} ended"),
    # proposal
    "proposal": _both("Het voorstel", "The proposal"),
    "partnership": _both("Samenwerkingsverband", "Partnership"),
    "form": _both("Vorm", "Form"),
    "host": _both("Uitvoerder", "Host"),
    "members": _both("Leden", "Members"),
    "carries": _both("Domeinen", "Domains"),
    "change": _both("Wat verandert", "What changes"),
    "nameless": _both("(zonder naam)", "(no name)"),
    "everyone": _both("alle {count}", "all {count}"),
    "everyone.but": _both("alle {count} behalve {names}", "all {count} but {names}"),
    "beside": _both("{form} (ernaast)", "{form} (beside)"),
    "inhabitants": _both(
        "({number:# inwoner|# inwoners})",
        "({number:# inhabitant|# inhabitants})",
    ),
    "outside": _both(
        "buiten de regio: {count:# lid|# leden}{inhabitants}",
        "outside the region: {count:# member|# members}{inhabitants}",
    ),
    "hosted": _both("{host}: {domains}", "{host}: {domains}"),
    "change.new": _both("nieuw", "new"),
    "change.kept": _both("ongewijzigd", "unchanged"),
    "change.frozen": _both("ligt wettelijk vast", "fixed by law"),
    "change.changed": _both("gewijzigd", "changed"),
    "change.unrecorded": _both("blijft: domein niet vastgelegd", "stays: domain not recorded"),
    "change.was": _both("heette {name}", "was {name}"),
    "change.members_in": _both("erbij: {names}", "joins: {names}"),
    "change.members_out": _both("eruit: {names}", "leaves: {names}"),
    "change.domains_in": _both("domein erbij: {names}", "domain added: {names}"),
    "change.domains_out": _both("domein eraf: {names}", "domain dropped: {names}"),
    "change.host": _both("uitvoerder {domain}: {before} wordt {after}", "host of {domain}: {before} becomes {after}"),
    "change.form": _both("vorm: was {form}", "form: was {form}"),
    "ended": _both("Wat eindigt", "What ends"),
    "remark": _both("Opmerking", "Remark"),
    "ended.outside": _both(
        "raakt ook {count:# lid|# leden} buiten de regio{inhabitants}, {count:dat hierin niet is|die hierin niet "
        "zijn} gehoord",
        "also affects {count:# member|# members} outside the region{inhabitants}, who {count:has|have} no say here",
    ),
    "ended.unknown": _both("domeinen niet vastgelegd", "domains not recorded"),
    "ended.beside": _both("stond naast het verband dat het werk doet", "stood beside the one that does the work"),
    "ended.none": _both("Geen enkel samenwerkingsverband eindigt.", "No partnership ends."),
    "alone": _both("Wat gemeenten zelf blijven doen", "What municipalities keep doing alone"),
    "alone.row": _both("{domain}: {names}", "{domain}: {names}"),
    "alone.all": _both("allen", "all"),
    "alone.nothing": _both("Niets: elk domein is overal ondergebracht.", "Nothing: every domain is shared everywhere."),
    "unknown": _both("onbekend", "unknown"),
    "proposal.none": _both(
        "Geen enkel samenwerkingsverband: onder deze gewichten doet iedereen alles alleen.",
        "No partnership at all: under these weights everybody does everything alone.",
    ),
    # wants
    "wants": _both("Wie wat wil: een aanname", "Who wants what: an assumption"),
    "wants.revealed": _both(
        "Wie een portefeuille (domeinen die bij elkaar horen) nu samen met anderen doet, wordt geacht dat "
        "{taking_part} keer zo graag te willen als een gemiddelde gemeente; wie er alles van zelf doet {staying_out} "
        "keer. Dat is in het voordeel van wat er nu al is.",
        "Who does a portfolio (domains that belong together) with others today is taken to want that {taking_part} "
        "times as much as an average municipality; who does all of it alone {staying_out} times. That favours what is "
        "there today.",
    ),
    "wants.without": _both(
        "Gemeten is dit niet. Wat een gemeente zelf invult (motives) gaat voor; --set wants.revealed=0.5 halveert het, "
        "wants.revealed=0 zet het uit (nu {revealed}).",
        "Nobody measured it. What a municipality fills in itself (motives) goes before it; --set wants.revealed=0.5 "
        "halves it, wants.revealed=0 switches it off (now {revealed}).",
    ),
    # criteria
    "criteria": _both("Criteria", "Criteria"),
    "criteria.compared": _both("Criteria: nu en voorstel", "Criteria: today and proposed"),
    "criterion": _both("Criterium", "Criterion"),
    "unit": _both("Eenheid", "Unit"),
    "weight": _both("Gewicht", "Weight"),
    "amount": _both("Hoeveelheid\n{when}", "Amount\n{when}"),
    "contribution": _both("Bijdrage\n{when}", "Contribution\n{when}"),
    "today": _both("nu", "today"),
    "plan": _both("voorstel", "proposed"),
    "difference": _both("verschil", "difference"),
    "value": _both("Waarde", "Value"),
    "criteria.note": _both(
        "Bijdrage = teken x gewicht x hoeveelheid / referentie; de waarde is de som. Hoger is beter.",
        "Contribution = sign x weight x amount / reference; the value is their sum. Higher is better.",
    ),
    "criteria.cells": _both("Een cel is één domein van één gemeente.", "A cell is one domain of one municipality."),
    "criteria.euro": _both("Uitvoeringskosten boven alleen", "Running cost above alone"),
    "criteria.euro.note": _both(
        "Uitvoeringskosten boven alleen: wat het werk volgens het model meer (+) of minder (-) kost dan wanneer "
        "iedereen het alleen doet. {name} is dezelfde som met het andere teken, waarin een euro telt naar hoe zwaar "
        "kosten daar wegen (gewogen euro). Waar de een bespaart en de ander meer betaalt, kunnen de twee uiteenlopen.",
        "Running cost above alone: what the work costs more (+) or less (-) by the model than when everybody does it "
        "alone. {name} is the same sum with the other sign, in which a euro counts by how much cost matters there "
        "(weighted euro). Where some save and others pay more, the two can part.",
    ),
    "unit.weighted hours per year": _both("gewogen uren per jaar", "weighted hours per year"),
    "unit.college hours per year": _both("collegeuren per jaar", "college hours per year"),
    "unit.weighted euro per year": _both("gewogen euro per jaar", "weighted euro per year"),
    "unit.satisfied cells": _both("vervulde cellen", "satisfied cells"),
    "unit.fte": _both("fte", "fte"),
    "unit.euro per year": _both("euro per jaar", "euro per year"),
    "unit.cells": _both("cellen", "cells"),
    "unit.repeated pairs": _both("herhaalde paren", "repeated pairs"),
    "unit.partnerships": _both("verbanden", "partnerships"),
    # hours
    "hours": _both("Uren per jaar, per gemeente en rol", "Hours per year, by municipality and role"),
    "municipality": _both("Gemeente", "Municipality"),
    "college": _both("College\n{when}", "College\n{when}"),
    "council": _both("Raad\n{when}", "Council\n{when}"),
    "officials": _both("Ambtelijk\n{when}", "Officials\n{when}"),
    "total": _both("Totaal\n{when}", "Total\n{when}"),
    "partnerships": _both("Verbanden\n{when}", "Partnerships\n{when}"),
    "region": _both("Regio", "Region"),
    "peak": _both(
        "Drukste maand van de regio nu: {month} ({hours} uur); april tot en met juli: {season} uur, {share} van "
        "het jaar.",
        "Busiest month of the region today: {month} ({hours:# hour|# hours}); April to July: {season:# hour|# "
        "hours}, {share} of the year.",
    ),
    "peak.plan": _both(
        "Drukste maand met het voorstel: {month} ({hours} uur); april tot en met juli: {season} uur, {share} van "
        "het jaar.",
        "Busiest month with the proposal: {month} ({hours:# hour|# hours}); April to July: {season:# hour|# "
        "hours}, {share} of the year.",
    ),
    "euros": _both(
        "Tegen de uurtarieven van het model kosten deze uren nu {today} euro per jaar.",
        "At the model's hourly rates these hours cost {today} euro per year today.",
    ),
    "euros.plan": _both(
        "Tegen de uurtarieven van het model kosten deze uren {plan} euro per jaar met het voorstel.",
        "At the model's hourly rates these hours cost {plan} euro per year with the proposal.",
    ),
    "euros.compared": _both(
        "Tegen de uurtarieven van het model kosten deze uren {today} euro per jaar nu en {plan} euro met het voorstel.",
        "At the model's hourly rates these hours cost {today} euro per year today and {plan} euro with the proposal.",
    ),
    "overload": _both(
        "Meer collegeuren dan beschikbaar, nu: {names}.", "More college hours than available, today: {names}."
    ),
    "overload.plan": _both(
        "Meer collegeuren dan beschikbaar, met het voorstel: {names}.",
        "More college hours than available, with the proposal: {names}.",
    ),
    "overload.one": _both(
        "{name} (+{hours} uur)",
        "{name} (+{hours:# hour|# hours})",
    ),
    # network
    "network": _both("Netwerk", "Network"),
    "network.line": _both(
        "{when}: {reciprocity} van de diensten over en weer is wederkerig; overlap van partners tussen domeinen "
        "{congruence} (0 = steeds anderen, 1 = steeds dezelfde); {forms:# vorm|# verschillende vormen}.",
        "{when}: {reciprocity} of the services between municipalities is reciprocated; overlap of partners across "
        "domains {congruence} (0 = always others, 1 = always the same); {forms:# form|# distinct forms}.",
    ),
    "network.attainable": _both(
        "Met andere uitvoerders is {reciprocity} wederkerig te maken, al kan de balans binnen een verband "
        "dan minder zijn: {names}.",
        "With other hosts {reciprocity} can be made reciprocal, though the balance inside a partnership may "
        "then be less: {names}.",
    ),
    "network.today": _both("Nu", "Today"),
    "network.plan": _both("Voorstel", "Proposed"),
    # certificate
    "certificate": _both("Bewijs", "Certificate"),
    "certificate.optimal": _both(
        "Bewezen optimaal: waarde {value}, grens {bound}, afstand {gap} van de winst ten opzichte van iedereen "
        "alleen; {count:# mogelijk samenwerkingsverband|# mogelijke samenwerkingsverbanden} beoordeeld ({rule}).",
        "Proven optimal: value {value}, bound {bound}, gap {gap} of the gain over everybody alone; {count:# "
        "possible partnership|# possible partnerships} priced ({rule}).",
    ),
    "certificate.feasible": _both(
        "Niet bewezen: dit is het beste plan dat in de tijd is gevonden. Waarde {value}; geen plan kan beter zijn "
        "dan {bound}, een afstand van {gap} van de winst ten opzichte van iedereen alleen; {count:# mogelijk "
        "samenwerkingsverband|# mogelijke samenwerkingsverbanden} beoordeeld ({rule}).",
        "Not proven: this is the best plan found in the time given. Value {value}; no plan can be better than "
        "{bound}, a gap of {gap} of the gain over everybody alone; {count:# possible partnership|# possible "
        "partnerships} priced ({rule}).",
    ),
    "certificate.alone": _both(
        "Iedereen alleen, met niets te betalen voor vertrek, is {alone} waard; het voorstel {gain:wint daarop "
        "#|is # minder waard|is evenveel waard}.",
        "Everybody alone, with nothing paid for leaving, is worth {alone}; the proposal {gain:gains # on that|is "
        "worth # less|is worth as much}.",
    ),
    "certificate.today": _both(
        "Het netwerk van nu is {today} waard, {more} meer dan dit voorstel, maar is zelf geen plan: {reasons}.",
        "Today's network is worth {today}, {more} more than this proposal, but is no plan itself: {reasons}.",
    ),
    # what makes a network no plan
    "breaches": _both("Wat dit geen plan maakt", "What makes this no plan"),
    "breach": _both("{what} ({where})", "{what} ({where})"),
    "breach.rule": _both("breekt de regel '{rule}'", "breaks the rule '{rule}'"),
    "breach.veto": _both("{names} willen niet samenwerken (veto)", "{names} will not cooperate (veto)"),
    "breach.law": _both("{form} mag {domain} niet uitvoeren", "{form} may not carry {domain}"),
    "breach.host": _both("{names} wil niet voor anderen werken", "{names} is not willing to work for others"),
    "breach.members": _both("meer leden dan {form} kan hebben", "more members than {form} can have"),
    "breach.trust": _both(
        "{names} vertrouwen elkaar minder dan {form} vraagt", "{names} trust each other less than {form} asks"
    ),
    "breach.portfolio": _both(
        "domeinen die niet in een {form} bij elkaar horen", "domains that do not belong together in a {form}"
    ),
    "breach.idle": _both("{names} doet er niets voor de anderen", "{names} does nothing in it for the others"),
    "breach.twice": _both("{domain} zit voor {names} in twee verbanden", "{domain} is in two partnerships for {names}"),
    "breach.warning": _both(
        "dit is geen plan dat `solve` kan voorstellen: {what}", "no plan that `solve` could propose: {what}"
    ),
    "rule": _both(
        "{sets}{more}, en die van nu met hooguit {growth} erbij",
        "{sets}{more}, and those of today with up to {growth} more",
    ),
    "rule.all": _both("alle ledenverzamelingen", "all member sets"),
    "rule.all.connected": _both("alle aaneengesloten ledenverzamelingen", "all connected member sets"),
    "rule.up_to": _both("ledenverzamelingen tot en met {size} leden", "member sets of up to {size} members"),
    "rule.up_to.connected": _both(
        "aaneengesloten ledenverzamelingen tot en met {size} leden",
        "connected member sets of up to {size} members",
    ),
    "rule.more": _both("; grotere zijn er meer dan {most}", "; there are more than {most} larger ones"),
    # limits
    "limits": _both("Wat deze cijfers niet bewijzen", "What these figures do not prove"),
    "limits.hours": _both(
        "Uren zijn aannames, geen metingen: de helft of het dubbele is even goed mogelijk. Gebruik ze om "
        "plannen te vergelijken, niet als begroting.",
        "Hours are assumptions, not measurements: half or twice as many is as likely. Use them to compare"
        " plans, not as a budget.",
    ),
    "limits.cost": _both(
        "Kosten besparen is het motief met het zwakste bewijs: de totale uitgaven van Nederlandse "
        "gemeenten daalden niet door samenwerking; alleen bij het innen van belastingen is een (klein) "
        "voordeel gevonden.",
        "Saving money is the motive with the weakest evidence: total spending of Dutch municipalities did"
        " not fall with cooperation; only tax collection showed a (small) saving.",
    ),
    "limits.trust": _both(
        "Vertrouwen is geschat uit afstand, grenzen, officiële regio's en samenwerking die er al is; opgegeven is het "
        "voor {given} van {pairs:# paar|# paren} gemeenten. Of een partner wil, weet het model niet.",
        "Trust is estimated from distance, borders, official regions and existing cooperation; it was given for "
        "{given} of {pairs:# pair|# pairs} of municipalities. Whether a partner is willing, the model does not know.",
    ),
    "limits.inventory": _both(
        "De inventarisatie is waarschijnlijk onvolledig: lichte samenwerking die niemand registreert "
        "ontbreekt. De drukte van nu is daarmee eerder te laag dan te hoog geschat.",
        "The inventory is probably incomplete: light cooperation that nobody registers is missing. "
        "Today's burden is therefore more likely under- than overestimated.",
    ),
    "limits.unknown": _both(
        "Van {count:# samenwerkingsverband|# samenwerkingsverbanden} is niet vastgelegd welk domein {count:het "
        "dient; het telt|ze dienen; zij tellen} alleen mee voor de uren. Twijfel dus over: {names}.",
        "For {count:# partnership|# partnerships} nobody recorded which domain {count:it serves; it counts|they "
        "serve; they count} for hours only. Doubt remains about: {names}.",
    ),
    "limits.optimal": _both(
        "Het beste plan is het beste onder deze kandidaten ({rule}) en met deze gewichten. Andere "
        "gewichten geven een ander plan, en plannen die nauwelijks minder waard zijn kunnen er heel "
        "anders uitzien.",
        "The best plan is the best among these candidates ({rule}) and with these weights. Other weights "
        "give another plan, and plans worth hardly less may look very different.",
    ),
    # export
    "export": _both("Volledig programma geschreven", "Complete programme written"),
    "export.workbook": _both("{path} geschreven.", "{path} written."),
    "export.file": _both("Bestand: {path}", "File: {path}"),
    "export.size": _both(
        "{columns:# kolom|# kolommen}, {rows:# rij|# rijen}.",
        "{columns:# column|# columns}, {rows:# row|# rows}.",
    ),
    "export.sense": _both(
        "Het programma wordt geminimaliseerd: waarde = {constant} - optimum / {scale}.",
        "The programme is minimised: value = {constant} - optimum / {scale}.",
    ),
    # progress
    "phase.candidates": _both("kandidaten", "candidates"),
    "phase.relaxation": _both("ontspanning", "relaxation"),
    "phase.search": _both("zoeken", "search"),
    "phase.cuts": _both("sneden", "cuts"),
    "phase.proof": _both("bewijs", "proof"),
    "progress.value": _both("waarde {value}", "value {value}"),
    "progress.bound": _both("grens {bound}", "bound {bound}"),
    "progress.gap": _both("afstand {gap}", "gap {gap}"),
    "progress.left": _both("nog hooguit {seconds} s", "at most {seconds} s left"),
    "progress.columns": _both(
        "{count:# kolom|# kolommen}",
        "{count:# column|# columns}",
    ),
    "study.done": _both(
        "{done} van {total:# oplossing|# oplossingen} (bewaard: {kept})",
        "{done} of {total:# solve|# solves} (kept: {kept})",
    ),
    "study.left": _both("nog ongeveer {seconds} s", "about {seconds} s left"),
    "study.stopped": _both(
        "Gestopt. Wat klaar was, is bewaard: dezelfde opdracht gaat daar verder.",
        "Stopped. What was done is kept: the same command goes on from there.",
    ),
    "study.stopped.unkept": _both("Gestopt.", "Stopped."),
    "study.unkept": _both(
        "resultaten kunnen niet worden bewaard in {folder}: {reason}; het werk gaat door",
        "results cannot be kept in {folder}: {reason}; the work goes on",
    ),
    "study.alone": _both(
        "hier kunnen geen processen worden gestart ({reason}); dit proces doet het werk alleen, als met --workers 1",
        "processes cannot be started here ({reason}); this one does the work alone, as with --workers 1",
    ),
    "study.workers_ended": _both(
        "een werkproces is gestopt zonder resultaat (te weinig geheugen, of van buiten beëindigd); "
        "wat het deed wordt opnieuw gedaan",
        "a worker process ended without a result (too little memory, or stopped from outside); "
        "what it did is done again",
    ),
    "study.nobody": _both(
        "bij {address} is nog niemand die werkt; er wordt gewacht (Ctrl-C stopt)",
        "there are no workers yet at {address}; waiting (Ctrl-C stops)",
    ),
    "study.no_answer": _both(
        "de tijd is om voordat het cluster antwoord gaf: er was niemand die werkt, of die was met iets anders bezig",
        "time is over before the cluster answered: it has no workers, or they are busy with something else",
    ),
    # workbook
    "xlsx.texts": _both("Verslag", "Report"),
    # errors
    "warning": _both("let op: {text}", "warning: {text}"),
    "warning.more": _both(
        "let op: en nog {count} meer; regie-opt validate toont ze alle",
        "warning: and {count} more; regie-opt validate shows all",
    ),
    "error.write": _both("Kan {path} niet schrijven: {reason}", "Cannot write {path}: {reason}"),
    # months
    "month.1": _both("januari", "January"),
    "month.2": _both("februari", "February"),
    "month.3": _both("maart", "March"),
    "month.4": _both("april", "April"),
    "month.5": _both("mei", "May"),
    "month.6": _both("juni", "June"),
    "month.7": _both("juli", "July"),
    "month.8": _both("augustus", "August"),
    "month.9": _both("september", "September"),
    "month.10": _both("oktober", "October"),
    "month.11": _both("november", "November"),
    "month.12": _both("december", "December"),
}


@dataclass(frozen=True)
class Words:
    """The catalogue in one language."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """Text of a key, with its places filled in; whole numbers are counts, which choose the words around them."""
        told = {name: Count(v, self.language) if isinstance(v, int) else v for name, v in values.items()}
        return WORDS[key].in_language(self.language).format(**told)

    def term(self, kind: str, value: str) -> str:
        """Translate a word of the engine (a unit, a phase); as it is where no translation is known."""
        key = f"{kind}.{value}"
        return WORDS[key].in_language(self.language) if key in WORDS else value
