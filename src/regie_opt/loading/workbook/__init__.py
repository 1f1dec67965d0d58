"""A scenario as an Excel workbook, to fill in and to read back: every error at its sheet and cell."""

from regie_opt.loading.workbook.exporting import export_workbook, write_template
from regie_opt.loading.workbook.importing import import_workbook

__all__ = ["export_workbook", "import_workbook", "write_template"]
