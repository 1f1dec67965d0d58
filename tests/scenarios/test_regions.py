from collections import Counter, defaultdict
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from sources.official_files import make

from regie_opt.schema.lawful import unlawful
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.scenario import InventoryFile, ModelFile, RegionFile, ScenarioFile
from regie_opt.sources import Files, build, read_country, read_judgements, select

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
REAL = {"zuid-holland-zuid": 10, "twente": 14, "zeeland": 13}
ALL = [*REAL, "leerstad"]

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data is not at {DATA}")


def read(path, shape):
    return shape.model_validate(YAML(typ="safe").load(path))


@pytest.fixture(params=ALL)
def name(request):
    return request.param


@pytest.fixture
def region(name):
    return read(ROOT / "scenarios" / name / "region.yaml", RegionFile)


@pytest.fixture
def partnerships(name):
    return read(ROOT / "scenarios" / name / "inventory.yaml", InventoryFile).partnerships


@pytest.fixture
def scenario(name):
    return read(ROOT / "scenarios" / name / "scenario.yaml", ScenarioFile)


@pytest.fixture(scope="session")
def domains():
    return read(ROOT / "models/nl/domains.yaml", ModelFile).domains


@pytest.fixture(scope="session")
def forms():
    return read(ROOT / "models/nl/forms.yaml", ModelFile).forms


@pytest.fixture(scope="session")
def country(tmp_path_factory):
    paths = make(DATA, tmp_path_factory.mktemp("official"))
    return read_country(Files(**paths))


@pytest.mark.parametrize("file", ["region", "inventory", "scenario"])
def test_every_file_names_its_schema_first(name, file):
    first = (ROOT / "scenarios" / name / f"{file}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../../schemas/{file}.schema.json"


def test_a_region_hangs_together(region):
    reached = {next(iter(region.municipalities))}
    while more := {c for b in region.borders if reached & set(b.between) for c in b.between} - reached:
        reached |= more
    assert reached == set(region.municipalities)


def test_today_is_a_plan_no_cell_is_held_twice(partnerships):
    held = Counter(
        (member, domain)
        for partnership in partnerships.values()
        if not partnership.beside
        for member in partnership.members
        for domain in partnership.domains
        if domain != UNKNOWN
    )
    assert [cell for cell, count in held.items() if count > 1] == []


def test_every_form_of_today_may_carry_what_it_carries(partnerships, domains, forms):
    for key, partnership in partnerships.items():
        for domain in partnership.domains:
            if domain != UNKNOWN and not partnership.beside:
                assert unlawful(forms[partnership.form], domains[domain]) is None, (key, domain)


def test_only_imposed_partnerships_carry_imposed_domains(partnerships, domains):
    for key, partnership in partnerships.items():
        imposed = {d for d in partnership.domains if d != UNKNOWN and domains[d].statutory}
        assert partnership.frozen == bool(imposed), key
        assert not partnership.frozen or imposed == set(partnership.domains), key


def test_members_are_of_the_region_and_hosts_are_members(region, partnerships, forms):
    for key, partnership in partnerships.items():
        assert set(partnership.members) <= set(region.municipalities), key
        assert len(partnership.members) + partnership.outside.members >= 2, key
        assert (partnership.host is not None) == (forms[partnership.form].hosting == "centre"), key
        assert partnership.host is None or partnership.host in partnership.members, key


def test_what_is_doubtful_says_why(partnerships):
    for key, partnership in partnerships.items():
        if UNKNOWN in partnership.domains or partnership.beside or partnership.host:
            assert partnership.note or partnership.register_id is None, key


@pytest.mark.parametrize("name", [*REAL], indirect=True)
def test_whoever_does_part_of_a_domain_is_left_alone(partnerships, scenario):
    untouched = {rule.partnership for rule in scenario.rules.values() if rule.kind == "untouched"}
    tables = {"euregio", "linieland-waas-hulst", "aan-z"}
    beside = {key for key, p in partnerships.items() if p.beside and not p.frozen}
    assert untouched - {"serviceorganisatie-jeugd"} == beside - tables


@pytest.mark.parametrize(("name", "count"), [*REAL.items()], indirect=["name"])
def test_a_real_region_has_all_its_municipalities_and_imposed_partnerships(count, region, partnerships):
    assert len(region.municipalities) == count
    for domain in ("veiligheid", "gezondheid", "milieu"):
        (holder,) = [p for p in partnerships.values() if domain in p.domains and not p.beside]
        assert set(holder.members) == set(region.municipalities)


@pytest.mark.parametrize("name", ["leerstad"], indirect=True)
def test_the_teaching_region_has_round_figures(region, domains):
    per_thousand = {"belastingen": 0.2, "ict": 0.4, "burgerzaken": 0.3, "afval": 0.5}
    per_inhabitant = {"belastingen": 20, "ict": 100, "burgerzaken": 40, "afval": 100}
    for municipality in region.municipalities.values():
        assert "verzonnen" in municipality.name
        for domain in per_thousand:
            staff = municipality.population * per_thousand[domain] / 1000
            assert municipality.staff[domain] == pytest.approx(staff)
            assert municipality.spending[domain] == municipality.population * per_inhabitant[domain]
    assert set(per_thousand) < set(domains)


@needs_data
@pytest.mark.parametrize("name", [*REAL], indirect=True)
def test_every_active_arrangement_of_the_register_is_in_the_inventory(name, region, partnerships, country):
    known = {p.register_id: set(p.members) for p in partnerships.values()}
    found = defaultdict(set)
    today = country.knowledge.mergers.today
    for arrangement in country.register.arrangements:
        members = {today(member.code) if member.code else member.name for member in arrangement.members}
        if arrangement.end is None and len(members) > 1 and members & set(region.municipalities):
            found[arrangement.id] = members & set(region.municipalities)
    assert found == known
    counts = Counter(code for members in found.values() for code in members)
    for code, municipality in region.municipalities.items():
        print(f"{name}: {municipality.name} is in {counts[code]} arrangements of the register")
    assert set(counts) == set(region.municipalities)


@needs_data
@pytest.mark.parametrize("name", [*REAL], indirect=True)
def test_the_files_are_what_the_import_makes_of_the_official_files(name, scenario, country):
    judgements = read_judgements(ROOT / "scenarios" / "judgements.yaml")
    day = country.register.of
    built = build(country, select(country, f"veiligheidsregio={scenario.name}", day), judgements, day)
    for file, text in built.files.items():
        assert (ROOT / "scenarios" / name / file).read_text(encoding="utf-8") == text, file


@needs_data
def test_national_spending_in_the_model_is_what_the_accounts_say(country, domains):
    for key, domain in domains.items():
        assert country.national(domain) == pytest.approx(domain.spending_per_inhabitant, abs=0.06), key
