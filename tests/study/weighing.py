"""A study of many weights of the small invented region."""

from pathlib import Path

from regie_opt.loading import load
from regie_opt.schema.changes import with_values
from regie_opt.study import Solve

LEERSTAD = Path(__file__).parents[2] / "scenarios" / "leerstad" / "scenario.yaml"


def weighed(count: int, *, near: bool = True) -> list[Solve]:
    """Solves of Leerstad with ever more weight on hours."""
    loaded = load(LEERSTAD)
    path = ("criteria", "burden", "weight")
    return [
        Solve(
            with_values(loaded.scenario, {path: 0.1 + i / count}),
            loaded.base,
            near=loaded.scenario if near else None,
        )
        for i in range(count)
    ]


def kept(folder: Path) -> dict[str, bytes]:
    """What a store holds."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.glob("*/*"))}
