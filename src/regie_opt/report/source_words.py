"""Sources and units of the rules of thumb of the shipped model in Dutch: model files are in English."""

from regie_opt.report.numbers import Language

DUTCH = {
    # Sources, as models/nl/insight.yaml words them.
    "C_ROO - 342 municipalities, mean 9.3, from 4 to 19; C_GR2016 gave a mean of 8.4 for 390 municipalities": (
        "C_ROO - 342 gemeenten, gemiddeld 9,3, van 4 tot 19; C_GR2016 gaf gemiddeld 8,4 voor 390 gemeenten"
    ),
    "C_ROO - least squares over 342 municipalities": "C_ROO - kleinste kwadraten over 342 gemeenten",
    "C_ROO - least squares over 342 municipalities: size explains next to nothing of it; S33 finds more cooperation of "
    "all kinds in municipalities of over 100,000 inhabitants (direction)": (
        "C_ROO - kleinste kwadraten over 342 gemeenten: grootte verklaart er bijna niets van; S33 vindt meer "
        "samenwerking van alle soorten in gemeenten boven 100.000 inwoners (richting)"
    ),
    "C_ROO - standard deviation of what size leaves unexplained": (
        "C_ROO - standaardafwijking van wat grootte niet verklaart"
    ),
    "S33 - 2020, governments' own overviews, which are incomplete": (
        "S33 - 2020, overzichten van de overheden zelf, die onvolledig zijn"
    ),
    "C_ROO - 422 arrangements with two municipalities or more, mean 7.5; C_GR2016 gave 2, 5, 17, mean 7.7": (
        "C_ROO - 422 regelingen met twee gemeenten of meer, gemiddeld 7,5; C_GR2016 gaf 2, 5, 17, gemiddeld 7,7"
    ),
    "C_ROO - mean 26; C_GR2016 gave 19, 30, 56, mean 33": "C_ROO - gemiddeld 26; C_GR2016 gaf 19, 30, 56, gemiddeld 33",
    "C_ROO - mean 0.43; C_GR2016 gave 0.24 to 0.54, mean 0.40. S7: varied partner sets go with lower costs, so neither "
    "high nor low is good by itself": (
        "C_ROO - gemiddeld 0,43; C_GR2016 gaf 0,24 tot 0,54, gemiddeld 0,40. S7: wisselende partners gaan samen met "
        "lagere kosten, dus hoog noch laag is vanzelf goed"
    ),
    "C_ROO - 148 of 422 arrangements; C_GR2016 gave 128 of 427": (
        "C_ROO - 148 van 422 regelingen; C_GR2016 gaf 128 van 427"
    ),
    "assumption (x0.5-x2) - built up from unit times for 8.4 formal and some 25 light cooperations; no measurement was "
    "found": (
        "aanname (x0,5-x2) - opgebouwd uit eenheidstijden voor 8,4 formele en zo'n 25 lichte verbanden; een meting is "
        "niet gevonden"
    ),
    "Gemeentewet art. 8 from general knowledge (unverified); C_ROO - the register gives the same number for 262 of 342 "
    "municipalities, mostly two years older in inhabitants; assumption otherwise": (
        "Gemeentewet art. 8 uit algemene kennis (niet nagegaan); C_ROO - het register geeft hetzelfde aantal voor 262 "
        "van 342 gemeenten, met inwoners van meest twee jaar eerder; verder aanname"
    ),
    "assumption - the most that Gemeentewet art. 36 allows for full-time aldermen (unverified general knowledge)": (
        "aanname - het meeste dat Gemeentewet art. 36 toestaat voor voltijdse wethouders (niet nagegaan)"
    ),
    "assumption (0.5-0.9) - the smaller one has more than half of the members of the larger": (
        "aanname (0,5-0,9) - het kleinste heeft meer dan de helft van de leden van het grootste"
    ),
    "assumption (0.5-2)": "aanname (0,5-2)",
    "assumption (0.25-0.75)": "aanname (0,25-0,75)",
    "assumption (1.5-3) - one municipality in forty where nothing is the matter": (
        "aanname (1,5-3) - een op de veertig gemeenten waar niets aan de hand is"
    ),
    "assumption (1-2) - below one nobody can stand in; S61, S67 ask for enough people and continuity per area of "
    "expertise": (
        "aanname (1-2) - onder de een kan niemand invallen; S61, S67 vragen genoeg mensen en continuïteit per "
        "deskundigheidsgebied"
    ),
    "S53 - what a tax office of 30,000 inhabitants loses on the best; assumption for other domains": (
        "S53 - wat een belastingkantoor van 30.000 inwoners op het beste verliest; aanname voor andere domeinen"
    ),
    "assumption (1.1-2)": "aanname (1,1-2)",
    "assumption (1-20)": "aanname (1-20)",
    "assumption (0.85-0.95)": "aanname (0,85-0,95)",
    "assumption (0.5-0.8)": "aanname (0,5-0,8)",
}
"""By the English text."""

UNITS = {
    "share of the larger member set": "deel van de grootste ledenlijst",
    "times the mean hours of a partnership": "maal de gemiddelde uren van een verband",
    "times the median yield per hour": "maal de mediane opbrengst per uur",
    "standard deviations above what size predicts": "standaardafwijkingen boven wat de grootte voorspelt",
    "people per area of expertise": "mensen per deskundigheidsgebied",
    "share above the lowest cost index": "deel boven de laagste kostenindex",
    "times the mean of all free cells": "maal het gemiddelde van alle vrije cellen",
    "full-time equivalents given less received": "fte geleverd min ontvangen",
    "mean pairwise Jaccard similarity (p10, p50, p90)": "gemiddelde gelijkenis per paar, Jaccard (p10, p50, p90)",
    "similarity of names, 0 to 1": "gelijkenis van namen, 0 tot 1",
}


def sourced(text: str, language: Language) -> str:
    """A source in the reader's language; one that the shipped model does not have as its author wrote it."""
    return text if language == "en" else DUTCH.get(text, text)


def unit_of(text: str, language: Language) -> str:
    """A unit in the reader's language."""
    return text if language == "en" else UNITS.get(text, text)
