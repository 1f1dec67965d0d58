"""Importers of official files: government register, municipal finance (Iv3), statistics, boundaries."""

from regie_opt.sources.country import Country, Files, read_country
from regie_opt.sources.judgements import Judgements, read_judgements
from regie_opt.sources.region import Built, build
from regie_opt.sources.report import told, write_scenario
from regie_opt.sources.selection import Selection, select

__all__ = [
    "Built",
    "Country",
    "Files",
    "Judgements",
    "Selection",
    "build",
    "read_country",
    "read_judgements",
    "select",
    "told",
    "write_scenario",
]
