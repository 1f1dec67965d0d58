"""The last sheet, with the names that drop-downs show and what each kind of rule needs; it is not read."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from regie_opt.loading.workbook import look
from regie_opt.loading.workbook.asides import first_row
from regie_opt.loading.workbook.kinds import YES_NO, Book, Choice
from regie_opt.loading.workbook.layout import Sheet, both
from regie_opt.loading.workbook.sheets import LISTS
from regie_opt.loading.workbook.sheets_figures import PAST
from regie_opt.loading.workbook.sheets_region import INVENTORY, MUNICIPALITIES
from regie_opt.loading.workbook.sheets_scenario import DOMAINS, RULE_KINDS, RULE_NOTES, VARIANTS
from regie_opt.schema.strict import Label

_FORMS = both("Vormen", "Forms")
_TASK = both("Namen voor de keuzelijsten. Dit blad wordt niet gelezen.", "Names for the drop-downs. Not read.")
_SECTIONS: dict[str, tuple[Sheet, str]] = {
    "municipalities": (MUNICIPALITIES, "C"),
    "partnerships": (INVENTORY, "C"),
    "variants": (VARIANTS, "B"),
}
"""Sections whose names stand on a sheet of their own, and in which column."""


@dataclass(frozen=True)
class Lists:
    """The lists of a workbook."""

    book: Book

    def _columns(self) -> list[tuple[str, Label, list[str]]]:
        """Return key, heading and names of each list."""
        shown = [(key, self.book.names["forms"].shown(key)) for key in self.book.names["forms"].labels]
        domains = [self.book.names["domains"].shown(key) for key in self.book.names["domains"].in_use]
        criteria = self.book.names["criteria"]
        kinds = [self._label(label) for label in RULE_KINDS.options.values()]
        notes = [self._label(RULE_NOTES[str(kind)]) for kind in RULE_KINDS.options]
        return [
            ("domains", DOMAINS.title, domains),
            ("forms", _FORMS, [name for _, name in shown]),
            ("form_keys", both("Sleutel van de vorm", "Key of the form"), [key for key, _ in shown]),
            ("criteria", both("Criteria", "Criteria"), [criteria.shown(key) for key in criteria.labels]),
            ("rule_kinds", both("Soorten regels", "Kinds of rule"), kinds),
            ("rule_notes", both("Wat zo'n regel nodig heeft", "What such a rule needs"), notes),
            ("past", both("Eerdere poging", "Earlier attempt"), self._options(PAST)),
            ("yes_no", both("Ja of nee", "Yes or no"), self._options(YES_NO)),
            ("marks", both("Deelname", "Membership"), ["x"]),
        ]

    def _label(self, label: Label) -> str:
        return label.in_language(self.book.language)

    def _options(self, choice: Choice) -> list[str]:
        return [self._label(label) for label in choice.options.values()]

    def drop_down(self, name: str, *, strict: bool) -> DataValidation:
        """Return the drop-down of a list, or of the names of a section."""
        if name in _SECTIONS:
            sheet, column = _SECTIONS[name]
            return look.drop_down(
                self._label(sheet.title), column, first_row(sheet, self.book), look.LAST_ROW, strict=strict
            )
        keys = [key for key, _, _ in self._columns()]
        length = len(self._columns()[keys.index(name)][2])
        column = get_column_letter(keys.index(name) + 1)
        return look.drop_down(self._label(LISTS), column, 3, 2 + max(length, 1), strict=strict)

    def draw(self, workbook: Workbook) -> None:
        """Add the sheet."""
        worksheet = workbook.create_sheet(self._label(LISTS))
        worksheet.sheet_properties.tabColor = look.TABS["model"]
        look.styled(worksheet.cell(1, 1, self._label(_TASK)), font=look.TASK)
        for number, (_, title, names) in enumerate(self._columns(), 1):
            heading = worksheet.cell(2, number, self._label(title))
            look.styled(heading, font=look.HEADING, fill=look.HEADING_FILL)
            for row, name in enumerate(names, 3):
                cell = worksheet.cell(row, number)
                cell.value, cell.data_type = name, "s"
            width = max(12, *(min(60, len(name) + 2) for name in (self._label(title), *names)))
            worksheet.column_dimensions[get_column_letter(number)].width = width
        worksheet.freeze_panes = "A3"
        worksheet.page_setup.orientation = "landscape"
        worksheet.page_setup.paperSize = 9
        worksheet.sheet_properties.pageSetUpPr.fitToPage = True
