"""The command `regie-opt` and its phases."""

import click

from regie_opt.cli.group import Entry, RegieGroup, debug_option

PHASES = {
    "Explore (verkennen): what is there, and is it right": {
        "init": Entry(
            "regie_opt.cli.explore", "init", "Start a scenario: write a small, complete, commented example to DIR."
        ),
        "import": Entry(
            "regie_opt.cli.importing",
            "import_command",
            "Make a scenario from an Excel workbook, or from official files.",
        ),
        "validate": Entry(
            "regie_opt.cli.explore", "validate", "Check a scenario, the files that it names, and all its variants."
        ),
        "schema": Entry(
            "regie_opt.cli.explore",
            "schema",
            "Print the JSON Schema of a file, list the schemas, or write them all to a...",
        ),
        "inventory": Entry(
            "regie_opt.cli.inventory",
            "inventory",
            "Show today's cooperation: what it asks and yields, and where it can be better.",
        ),
    },
    "Develop (ontwikkelen): who with whom, in which form": {
        "solve": Entry(
            "regie_opt.cli.develop", "solve", "Find the best plan: who with whom, for which domain, in which form."
        ),
        "assess": Entry(
            "regie_opt.cli.develop",
            "assess",
            "Assess a plan (of solve, or written by hand) or today's network by the...",
        ),
        "explain": Entry(
            "regie_opt.cli.explain",
            "explain",
            "Say why, in numbers: what it gains, what the runner-up is, and what would...",
        ),
        "compare": Entry(
            "regie_opt.cli.compare", "compare", "Lay a scenario and its variants side by side, today first."
        ),
        "tune": Entry(
            "regie_opt.cli.tune",
            "tune",
            "Show how far each weight may go before the recommended plan changes, and to...",
        ),
        "alternatives": Entry(
            "regie_opt.cli.alternatives",
            "alternatives",
            "Find plans nearly as good as the best that differ most from each other, and...",
        ),
        "pareto": Entry(
            "regie_opt.cli.pareto",
            "pareto",
            "Show all plans that no plan beats in one criterion without losing in another.",
        ),
        "robust": Entry(
            "regie_opt.cli.robust",
            "robust",
            "Try the proposal under other assumptions: what stays, which plan found loses...",
        ),
        "export": Entry(
            "regie_opt.cli.develop",
            "export",
            "Write the complete programme as an MPS file, or the scenario as an Excel...",
        ),
    },
}
"""Commands by phase; what is said of each is what the command itself begins with."""


@click.group(
    cls=RegieGroup,
    phases=PHASES,
    params=[debug_option()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(package_name="regie-opt", prog_name="regie-opt")
def main() -> None:
    """Who should cooperate with whom, for which municipal task, in which lawful form.

    Results go to stdout, progress and messages to stderr. Exit codes: 0 done; 2 the input is wrong;
    3 no plan obeys the rules; 4 time ran out without a plan; 1 anything else.
    """


if __name__ == "__main__":
    main()
