"""Commands of the explore phase: start a scenario, check it, and see what its files may hold."""

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Literal

import click
from tabulate import tabulate

from regie_opt.cli.options import SUFFIXES, Format
from regie_opt.cli.unwritten import writing_to
from regie_opt.loading import InputError, Loaded, Problem, load, load_all
from regie_opt.loading.csv_text import Language, csv_text
from regie_opt.loading.json_schema import NAMES, schema_text, write_schemas
from regie_opt.loading.workbook import write_template

WIDEST = 60
"""Characters of a value that a table shows; other formats show all."""

STARTER = ("scenario.yaml", "region.yaml", "inventory.yaml")
"""Files that `init` writes."""
_STARTER_NAME = "name: Leerstad en omgeving"
_LANGUAGE: Language = "en"
"""What these commands say is English."""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]", required=False)
@click.option("--name", help="Name of the scenario.")
@click.option(
    "--xlsx",
    "workbook",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write an Excel workbook to fill in, for `import`, instead of files.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    help="Language of the workbook.",
)
def init(folder: Path | None, name: str | None, workbook: Path | None, language: Literal["nl", "en"]) -> None:
    """Start a scenario: write a small, complete, commented example to DIR.

    With --xlsx a workbook to fill in, with an example in each sheet. Existing files are never overwritten.
    """
    if (folder is None) == (workbook is None):
        msg = "give either a DIR or --xlsx FILE"
        raise click.UsageError(msg)
    if workbook is not None:
        if workbook.suffix.lower() != ".xlsx":
            message = f"found '{workbook.suffix}', allowed: a name that ends in .xlsx"
            raise InputError([Problem(f"--xlsx {workbook}", (), message)])
        with writing_to(workbook, _LANGUAGE):
            write_template(workbook, language, name)
        click.echo(f"{workbook} written.")
        click.echo(f"Next: fill it in, then regie-opt import {workbook} DIR.")
    if folder is not None:
        with writing_to(folder, _LANGUAGE):
            _start(folder, name)


def _start(folder: Path, name: str | None) -> None:
    """Write the example to a folder."""
    present = [folder / file for file in STARTER if (folder / file).exists()]
    if present:
        message = "exists already, allowed: a folder without it (nothing was written)"
        raise InputError([Problem(str(path), (), message) for path in present])
    folder.mkdir(parents=True, exist_ok=True)
    for file in STARTER:
        text = files("regie_opt").joinpath("cli", "starter", file).read_text(encoding="utf-8")
        if name is not None and file == "scenario.yaml":
            text = text.replace(_STARTER_NAME, f"name: {json.dumps(name, ensure_ascii=False)}", 1)
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    write_schemas(folder / "schemas")
    scenario = folder / STARTER[0]
    click.echo(f"{', '.join(str(folder / file) for file in STARTER)} written.")
    click.echo(f"Next: regie-opt validate {scenario}, then regie-opt solve {scenario}.")


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path), metavar="SCENARIO")
@click.option("--resolved", is_flag=True, help="Print every value with its origin.")
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Override a value. Repeatable.")
@click.option("--variant", metavar="NAME", help="Check this variant only, not all of them.")
@click.option(
    "--format",
    "chosen",
    type=click.Choice(["table", "json", "csv", "markdown"]),
    default="table",
    show_default=True,
    help="How results are printed.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="File to write to.",
)
def validate(
    scenario: Path,
    resolved: bool,
    sets: Sequence[str],
    variant: str | None,
    chosen: Format,
    output: Path | None,
) -> None:
    """Check a scenario, the files that it names, and all its variants.

    Everything that is wrong is told at once, with file, line and column, what was found, what is allowed and
    the nearest existing name. What is doubtful is a warning.
    """
    if variant is not None:
        checked: tuple[Loaded, ...] = (load(scenario, variant=variant, sets=sets),)
    else:
        checked = load_all(scenario, sets=sets)
    for warning in dict.fromkeys(str(warning) for loaded in checked for warning in loaded.warnings):
        click.echo(f"warning: {warning}", err=True)
    chosen = chosen if output is None else _of_file(output, chosen)
    text = _values(checked[0], chosen) if resolved else _summary(checked[0], chosen)
    if output is None:
        click.echo(text, nl=False)
    else:
        with writing_to(output, _LANGUAGE):
            output.write_text(text, encoding="utf-8", newline="\n")


def _of_file(output: Path, asked: Format) -> Format:
    """The format that the name of a file asks for; where it asks for none, the one that is asked for otherwise."""
    named = SUFFIXES.get(output.suffix.lower())
    if named == "xlsx":
        allowed = ", ".join(suffix for suffix, kind in SUFFIXES.items() if kind != "xlsx")
        message = f"found '{output.suffix}', allowed: {allowed} (`export --xlsx` writes the scenario as a workbook)"
        raise InputError([Problem(f"-o {output}", (), message)])
    return named or asked


@click.command()
@click.argument("name", type=click.Choice(NAMES), required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder to write to.",
)
def schema(name: str | None, output: Path | None) -> None:
    """Print the JSON Schema of a file, list the schemas, or write them all to a folder.

    Editors use them to complete and check YAML files that start with
    `# yaml-language-server: $schema=schemas/scenario.schema.json`.
    """
    if output is not None:
        with writing_to(output, _LANGUAGE):
            written = write_schemas(output, [name] if name is not None else NAMES)
        for path in written:
            click.echo(f"{path} written.")
    elif name is not None:
        click.echo(schema_text(name), nl=False)
    else:
        click.echo("\n".join(NAMES))


def _summary(loaded: Loaded, chosen: Format) -> str:
    scenario = loaded.scenario
    frozen = sum(partnership.frozen for partnership in scenario.partnerships.values())
    counts = {
        "municipalities": len(scenario.municipalities),
        "domains": len(scenario.domains),
        "forms": len(scenario.forms),
        "partnerships": len(scenario.partnerships),
        "frozen": frozen,
        "rules": len(scenario.rules),
        "variants": len(loaded.variants),
    }
    facts = {"scenario": scenario.name, "variant": scenario.variant, **counts, "sha256": loaded.sha256}
    if chosen == "json":
        return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
    if chosen in {"csv", "markdown"}:
        return _table(("item", "value"), list(facts.items()), chosen)
    named = scenario.name if scenario.variant is None else f"{scenario.name}, variant {scenario.variant}"
    told = ", ".join(
        f"{count} {_counted(noun, count)}" + (f" ({frozen} frozen)" if noun == "partnerships" else "")
        for noun, count in counts.items()
        if noun != "frozen"
    )
    return f"{named}: valid; {told}\n"


def _counted(noun: str, count: int) -> str:
    if count != 1:
        return noun
    return "municipality" if noun == "municipalities" else noun.removesuffix("s")


def _values(loaded: Loaded, chosen: Format) -> str:
    """Every value of the resolved scenario with its origin."""
    rows = list(loaded.values())
    if chosen == "json":
        entries = [{"path": path, "value": value, "origin": origin} for path, value, origin in rows]
        return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"
    longest = WIDEST if chosen == "table" else None
    written = [(path, _written(value, longest), origin) for path, value, origin in rows]
    return _table(("path", "value", "origin"), written, chosen)


def _written(value: object, longest: int | None) -> str:
    text = value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)
    return text if longest is None or len(text) <= longest else f"{text[: longest - 3]}..."


def _table(headers: Sequence[str], rows: Sequence[Sequence[object]], chosen: Format) -> str:
    if chosen == "csv":
        return csv_text([headers, *rows], "en")
    style = "github" if chosen == "markdown" else "simple"
    return tabulate(rows, headers, tablefmt=style, disable_numparse=True) + "\n"
