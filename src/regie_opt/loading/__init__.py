"""From YAML files to a checked scenario: every error with file, line and column."""

from regie_opt.loading.files import find_model
from regie_opt.loading.load import Loaded, load, load_all
from regie_opt.loading.plan import load_plan
from regie_opt.loading.problems import InputError, Problem

__all__ = ["InputError", "Loaded", "Problem", "find_model", "load", "load_all", "load_plan"]
