"""All sheets of a workbook, in their order; this table drives writing, reading and the drop-downs alike."""

from regie_opt.loading.workbook.layout import both
from regie_opt.loading.workbook.sheets_figures import BORDERS, DOMAIN_MOTIVES, MOTIVES, RELATIONS, SPENDING, STAFF
from regie_opt.loading.workbook.sheets_region import INVENTORY, MEMBERSHIP, MUNICIPALITIES
from regie_opt.loading.workbook.sheets_scenario import CHANGES, DOMAINS, OTHER, RULES, START, VARIANTS, WEIGHTS

SHEETS = (
    START,
    MUNICIPALITIES,
    INVENTORY,
    MEMBERSHIP,
    DOMAINS,
    WEIGHTS,
    RELATIONS,
    BORDERS,
    SPENDING,
    STAFF,
    MOTIVES,
    DOMAIN_MOTIVES,
    RULES,
    VARIANTS,
    CHANGES,
    OTHER,
)

LISTS = both("Lijsten", "Lists")
"""The sheet that the drop-downs take their names from; it is not read."""
