"""The whole country from official files: `python -m benchmarks.importing --files DIR [--record]`.

DIR is what `python -m tests.sources.official_files --data DATA --out DIR` has written: every arrangement of the
register and all municipalities, in the official formats. One import in a process of its own, written and loaded again.
"""

import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.machine import Result, answer, asked_job, job, machine, markdown, record, say
from regie_opt.loading import load
from regie_opt.sources import Files, Judgements, build, read_country, select, write_scenario

FILES = {
    "register": "exportOO.xml",
    "iv3": "45063NED_UntypedDataSet.csv",
    "population": "bevolking.csv",
    "boundaries": "gemeenten.geojson",
    "regions": "gebieden_in_nederland.csv",
}
LIMIT = 60.0
"""Seconds."""


def run(folder: Path) -> Result:
    """Import everything, write the scenario and load it again."""
    begun = time.perf_counter()
    country = read_country(Files(**{name: folder / file for name, file in FILES.items()}))
    day = country.register.of
    if day is None:
        raise SystemExit("the export has no date")
    built = build(country, select(country, "land=alle", day), Judgements(), day)
    with TemporaryDirectory() as made:
        write_scenario(built, Path(made), "nl")
        seconds = time.perf_counter() - begun
        municipalities = len(load(Path(made) / "scenario.yaml").scenario.municipalities)
    outcomes = Counter(finding.outcome for finding in built.findings)
    return {"seconds": seconds, "municipalities": municipalities, **outcomes}


def main() -> None:
    """Measure once and print the table."""
    if (asked := asked_job()) is not None:
        answer(run(Path(asked[0])))
        return
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=Path, required=True, help="folder with the official files")
    parser.add_argument("--record", action="store_true", help="also write the results to docs/performance.md")
    given = parser.parse_args()
    result = job("importing", given.files.resolve(), limit=LIMIT)
    if "failed" in result:
        raise SystemExit(result["failed"])
    counts = ("municipalities", "taken", "lapsed", "elsewhere", "reported", "doubt")
    row = [*(f"{result.get(key, 0):,.0f}" for key in counts), f"{result['seconds']:.1f}", f"{result['megabytes']:.0f}"]
    table = markdown([*counts, "seconds", "peak MB"], [row], words=0)
    command = "python -m benchmarks.importing --files DIR" + (" --record" if given.record else "")
    section = f"```sh\n{command}\n```\n\n{machine()}.\n\n{table}"
    say(section)
    if given.record:
        record("importing", section)


if __name__ == "__main__":
    main()
