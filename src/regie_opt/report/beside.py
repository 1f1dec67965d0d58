"""What columns of a comparison are called, and a table of numbers with a column for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan

from regie_opt.report.blocks import in_blocks
from regie_opt.report.naming import Naming
from regie_opt.report.table import Cell, Quantity, Table
from regie_opt.report.words import SEPARATOR
from regie_opt.schema.comparison import Column, Comparison

MANY = 5
"""Plans from which on they may be told by which it are not."""


@dataclass(frozen=True)
class Line:
    """A row of numbers: what it is about, amounts by key of column, how they are written, and the best."""

    names: tuple[str, ...]
    amounts: Mapping[str, float]
    decimals: int = 0
    best: tuple[str, ...] = ()
    signed: bool = False


@dataclass(frozen=True)
class Beside:
    """Writes the columns of one comparison."""

    comparison: Comparison
    naming: Naming
    complete: bool = False
    """For programs: no table in parts, the best named in a column of its own."""

    @property
    def several(self) -> bool:
        """Whether there is more than one scenario."""
        return any(column.number > 1 for column in self.comparison.columns)

    def label(self, column: Column) -> str:
        """What a column is called: today, scenario, or the name of its variant; with a number among several."""
        words = self.naming.words
        own = words("today"), words("cmp.scenario")
        name = own[0] if column.status == "today" else own[1] if column.variant is None else column.variant
        if column.variant in own:
            name = words("variant", name=column.variant)
        return f"{column.number} {name}" if self.several else name

    def labels(self, keys: Iterable[str]) -> str:
        """Names of columns, one after the other."""
        return SEPARATOR.join(self.label(self.comparison.column(key)) for key in keys)

    def in_plans(self, keys: Iterable[str]) -> str:
        """Names of plans; all but some, where that is much shorter."""
        given, plans = set(keys), [column.key for column in self.comparison.plans]
        missing = [key for key in plans if key not in given]
        if not missing or len(plans) < MANY or len(given) <= 2 * len(missing):
            return self.labels(key for key in plans if key in given)
        return self.naming.words("everyone.but", count=len(plans), names=self.labels(missing))

    @property
    def distinct(self) -> tuple[Column, ...]:
        """The plans; for people each only once, where several are one and the same."""
        again = {key for some in self.comparison.same for key in some[1:]}
        plans = self.comparison.plans
        return plans if self.complete else tuple(column for column in plans if column.key not in again)

    def tables(
        self,
        title: str,
        headers: Sequence[str],
        lines: Sequence[Line],
        columns: Sequence[Column],
        *,
        notes: tuple[str, ...] = (),
        footers: int = 0,
        repeated: int = 0,
    ) -> tuple[Table, ...]:
        """A row for each line under the names of columns, in parts that fit; the first `repeated` are in every part."""
        named = tuple(self.label(column) for column in columns)
        rows = [(*line.names, *_cells(line, columns)) for line in lines]
        heads = (*headers, *named)
        if self.complete and any(line.best for line in lines):
            heads = (*heads, self.naming.words("cmp.best"))
            rows = [(*row, self.labels(line.best)) for row, line in zip(rows, lines, strict=True)]
        table = Table(title, heads, tuple(rows), notes, footers=footers)
        return (table,) if self.complete else in_blocks(table, self.naming.language, fixed=len(headers) + repeated)


def _cells(line: Line, columns: Sequence[Column]) -> tuple[Cell, ...]:
    return tuple(
        Quantity(line.amounts.get(c.key, nan), line.decimals, line.signed, best=c.key in line.best) for c in columns
    )
