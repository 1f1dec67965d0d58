"""What a naive model of cooperation gets wrong, each on figures of real regions."""

from itertools import pairwise

import numpy as np
import pytest

from regie_opt.engine import Options, solve
from regie_opt.loading import load
from regie_opt.schema.defaults import spending_euro
from regie_opt.schema.lawful import unlawful
from regie_opt.schema.partnership import UNKNOWN
from regie_opt.schema.plan import PlannedPartnership
from regie_opt.schema.strict import MOTIVES, ROLES
from regie_opt.worth import complete_plan, today_plan
from regie_opt.worth.assessment import assessor
from regie_opt.worth.bodies import NOBODY, Bodies
from regie_opt.worth.motives import Pooled, alone, alone_index, gain
from regie_opt.worth.placed import Placed
from regie_opt.worth.region import Region
from regie_opt.worth.transition import contributions
from regie_opt.worth.value import Worth

from .regions import REAL, SCENARIOS, changed, part, proven, region, without_today

WALCHEREN = ("GM0687", "GM0717", "GM0718")
BEVELANDEN = ("GM0654", "GM0664", "GM0678", "GM0703", "GM1695")
HENGELO = ("GM0141", "GM0147", "GM0153", "GM0158", "GM0164", "GM0168")
LARGE_TWENTE = ("GM0141", "GM0153", "GM0164")
"""Almelo, Enschede and Hengelo: 75,000 to 162,000 inhabitants."""
SCALED = ("belastingen", "burgerzaken")
"""Domains with evidence of an effect of scale on cost, beside the little of overhead below 20,000 inhabitants."""
FLAT = ("afval", "openbare_ruimte")
"""Domains of which the evidence points both ways, or to nothing."""


@pytest.fixture(scope="module")
def zeeland():
    """Eight municipalities, 8,000 to 50,000 inhabitants, 225,000 together; no rules, so none on size."""
    return part(region("zeeland"), (*WALCHEREN, *BEVELANDEN), keep_rules=False)


@pytest.fixture(scope="module")
def twente():
    """Six municipalities, 23,000 to 162,000 inhabitants, with their rules."""
    return part(region("twente"), HENGELO)


@pytest.fixture(scope="module")
def zeeland_plan(zeeland):
    return proven(zeeland)


@pytest.fixture(scope="module")
def zeeland_light(zeeland):
    """The plan where drukte counts four times."""
    weight = zeeland.criteria["burden"].weight
    return proven(changed(zeeland, {"criteria.burden.weight": 4 * weight}), zeeland)


@pytest.fixture(scope="module")
def twente_plan(twente):
    return proven(twente)


@pytest.fixture(scope="module")
def twente_reciprocal(twente):
    """The plan where reciprocity counts five times."""
    weight = twente.criteria["reciprocity"].weight
    return proven(changed(twente, {"criteria.reciprocity.weight": 5 * weight}), twente)


def decided(scenario, solution):
    """The partnerships that do work that is decided on."""
    fixed = {key for key, p in scenario.partnerships.items() if p.frozen or UNKNOWN in p.domains}
    return [q for q in solution.partnerships if not q.beside and q.continues not in fixed]


def served(scenario, partnership):
    return sum(scenario.municipalities[c].population for c in partnership.members)


def body(worth, form, codes):
    of = worth.region
    members = np.isin(of.codes, codes)[None]
    nobody = np.array([NOBODY])
    return Bodies(of, members, np.array([of.form_index[form]]), nobody, nobody)


def worth_of(worth, bodies, domain):
    """Value of a new body that carries one domain."""
    base, per_domain = worth.column_values(bodies)
    return float(base[0] + per_domain[0, worth.region.domain_index[domain]])


class TestNoMegaCluster:
    def test_not_everybody_is_in_one_partnership_for_most_domains(self, zeeland, zeeland_plan):
        everybody = len(zeeland.municipalities)
        whole = {d for q in decided(zeeland, zeeland_plan) for d in q.domains if len(q.members) == everybody}
        decidable = [key for key, d in zeeland.domains.items() if not d.statutory]
        assert len(whole) <= len(decidable) / 4
        assert not whole & set(SCALED)

    def test_cost_efficiency_falls_beyond_65_000_inhabitants(self):
        of = Region(region("zeeland"))
        d = of.domain_index["burgerzaken"]
        index = of.scale_index(np.array([8e3, 2e4, 5e4, 6.5e4, 1e5, 2.25e5, 4e5]))[:, d]
        assert index[0] > index[1] > index[2]
        assert index[2] < index[3] < index[4] < index[5] < index[6]

    @pytest.mark.parametrize("domain", FLAT)
    def test_size_saves_nothing_where_nobody_found_that_it_does(self, domain):
        of = Region(region("zeeland"))
        index = of.scale_index(np.array([8e3, 2e4, 6.5e4, 4e5]))[:, of.domain_index[domain]]
        assert (index == 1.0).all()

    def test_for_cost_alone_nobody_joins_beyond_the_optimum(self, zeeland):
        only_cost = {f"criteria.{key}.weight": 0.0 for key in zeeland.criteria if key != "cost"}
        new = without_today(part(zeeland, zeeland.municipalities, (*SCALED, *FLAT)))
        plan = proven(changed(new, only_cost), new)
        by_domain = {d: [q for q in plan.partnerships if d in q.domains] for d in (*SCALED, *FLAT)}
        assert all(by_domain[d] for d in SCALED)
        # Optimum 30,000 to 60,000; two of 40,000 are better than one of 80,000.
        assert all(served(new, q) < 80_000 for q in by_domain["burgerzaken"])
        # Where size saves nothing, cost brings nobody together.
        assert not any(by_domain[d] for d in FLAT)

    def test_more_weight_on_cost_makes_no_partnership_beyond_the_optimum(self, zeeland, zeeland_plan):
        """The small may join each other for the civil registry, up to 65,000; for waste and roads nobody does."""
        weight = zeeland.criteria["cost"].weight
        dear = proven(changed(zeeland, {"criteria.cost.weight": 4 * weight}), zeeland)
        for domain, optimum in (("burgerzaken", 65_000), ("afval", 0), ("openbare_ruimte", 0)):
            before, after = (
                max((served(zeeland, q) for q in decided(zeeland, plan) if domain in q.domains), default=0)
                for plan in (zeeland_plan, dear)
            )
            assert after <= max(before, optimum)

    def test_a_larger_partnership_asks_more_hours_of_every_member(self):
        scenario = region("zeeland")
        worth = Worth(scenario, scenario)
        at = assessor(worth, [PlannedPartnership(form="bvo", members=BEVELANDEN, domains=("ict",))])
        more = assessor(worth, [PlannedPartnership(form="bvo", members=BEVELANDEN + WALCHEREN, domains=("ict",))])
        goes = worth.region.municipality_index["GM0664"]
        assert more.hours[goes, 0] > at.hours[goes, 0]


class TestNotANetworkEverywhere:
    @pytest.mark.parametrize("plan", ["zeeland_plan", "zeeland_light", "twente_plan"])
    def test_staffed_work_is_carried_by_forms_with_staff(self, plan, request):
        scenario = request.getfixturevalue(plan.split("_")[0])
        for q in decided(scenario, request.getfixturevalue(plan)):
            if any(scenario.domains[d].staffed for d in q.domains):
                assert scenario.forms[q.form].staff != "none"

    def test_the_law_leaves_light_forms_the_work_without_staff(self):
        scenario = region("twente")
        for key in ("netwerk", "convenant", "rzm", "go_college"):
            may = {d for d, domain in scenario.domains.items() if unlawful(scenario.forms[key], domain) is None}
            assert may == {"economie"}

    def test_a_network_gets_the_policy_work_where_it_is_worth_its_hours(self, twente_plan):
        networks = [q for q in twente_plan.partnerships if q.form == "netwerk" and not q.continues]
        assert [q.domains for q in networks] == [("economie",)]

    def test_lighter_is_not_nothing(self, zeeland, zeeland_light, zeeland_plan):
        """Four times the weight on drukte makes fewer partnerships, and still shares work with staff."""
        light, heavy = decided(zeeland, zeeland_light), decided(zeeland, zeeland_plan)
        assert 0 < len(light) < len(heavy)
        assert any(zeeland.domains[d].staffed for q in light for d in q.domains)


class TestTaxPaysForTheSmallOnly:
    """Adding a municipality to a tax partnership (BVO) of its four nearest others."""

    def added(self, name):
        scenario = changed(region(name), {"wants.revealed": 0.0})  # what size does, not who takes part today
        worth = Worth(scenario, scenario)
        of = worth.region
        d = of.domain_index["belastingen"]
        for m, code in enumerate(of.codes):
            others = [of.codes[i] for i in np.argsort(of.distance_km[m])[1:5]]
            before, after = body(worth, "bvo", others), body(worth, "bvo", [*others, code])
            more = worth_of(worth, after, "belastingen") - worth_of(worth, before, "belastingen")
            own = 1 - Pooled(after).index[0, d] / alone_index(of)[m, d]
            yield of.population[m], more, float(own)

    @pytest.mark.parametrize("name", REAL)
    def test_cost_alone_pays_up_to_30_000_inhabitants_and_not_above_100_000(self, name):
        for population, _, own in self.added(name):
            if population <= 30_000:
                assert own >= 0.09
            if population >= 60_000:
                assert own < 0.011
            if population > 100_000:
                assert own == pytest.approx(0)

    @pytest.mark.parametrize("name", REAL)
    def test_all_in_all_the_small_gain_and_the_large_lose(self, name):
        """Large is 60,000 and more, where nothing is left to save; Zeeland has nobody so large."""
        rows = list(self.added(name))
        small = [more for population, more, _ in rows if population <= 25_000]
        large = [more for population, more, _ in rows if population >= 60_000]
        assert min(small) > 0
        assert bool(large) == (name != "zeeland")
        assert all(more < 0 for more in large)
        assert not large or np.mean(small) - np.mean(large) > 0.003

    def test_at_10_000_inhabitants_thirty_percent_is_to_be_saved_and_at_60_000_one(self):
        """Evidence: 10,000 inhabitants some 30 % inefficient, benefits largely exhausted at 60,000."""
        of = Region(region("twente"))
        index = of.scale_index(np.array([1e4, 3e4, 6e4, 1e5, 5e5]))[:, of.domain_index["belastingen"]]
        assert (1 - 1 / index).tolist() == pytest.approx([0.30, 0.11, 0.01, 0.0, 0.0], abs=0.005)

    @pytest.mark.parametrize("plan", ["zeeland_plan", "twente_plan"])
    def test_all_that_is_saved_or_lost_is_below_one_percent_of_spending(self, plan, request):
        """Evidence: cooperation lowered no total."""
        scenario = request.getfixturevalue(plan.split("_")[0])
        spending = sum(spending_euro(scenario, c, d) for c in scenario.municipalities for d in scenario.domains)
        saving = sum(m.saving for m in request.getfixturevalue(plan).assessment.municipalities)
        assert abs(saving) < 0.01 * spending

    @pytest.mark.parametrize("name", REAL)
    def test_today_saves_below_one_percent_of_spending(self, name):
        scenario = region(name)
        worth = Worth(scenario, scenario)
        spending = sum(spending_euro(scenario, c, d) for c in scenario.municipalities for d in scenario.domains)
        saving = sum(m.saving for m in assessor(worth, today_plan(scenario)).municipalities())
        assert 0 < saving < 0.01 * spending

    def test_tax_saves_a_part_of_the_task_and_next_to_nothing_of_the_budget(self):
        """Evidence: some 15 % of a task that is 0.4 % of the budget, and 30 % at most, of 10,000 inhabitants."""
        scenario = region("zeeland")
        worth = Worth(scenario, scenario)
        members = ("GM0654", "GM0664", "GM0678", "GM0703")
        plan = [PlannedPartnership(form="bvo", members=members, domains=("belastingen",))]
        alone_, together = (assessor(worth, q).municipalities() for q in ([], plan))
        shares = []
        for before, after in zip(alone_, together, strict=True):
            saved = after.saving - before.saving
            if after.code in members:
                shares.append(saved / spending_euro(scenario, after.code, "belastingen"))
                assert 0.02 < shares[-1] < 0.30
                assert saved < 0.0015 * sum(spending_euro(scenario, after.code, d) for d in scenario.domains)
        assert 0.1 < np.mean(shares) < 0.2


class TestVulnerabilitySaturates:
    def pool(self, people):
        """A municipality with so many people for each area of expertise of its finance department."""
        scenario = part(region("zeeland"), BEVELANDEN)
        fte = people * scenario.domains["financien"].functions
        of = Region(changed(scenario, {"municipalities.GM0664.staff": {"financien": fte}}))
        m, d = of.municipality_index["GM0664"], of.domain_index["financien"]
        return float(alone(of)[MOTIVES.index("vulnerability"), m, d])

    def test_nobody_there_is_one_in_5_one_in_25_and_one_in_125(self):
        assert [1 - self.pool(k) for k in (1, 2, 3)] == pytest.approx([0.20, 0.04, 0.008])

    def test_a_third_and_a_fourth_person_add_little(self):
        first, second, third, fourth = np.diff([0.0, *(self.pool(k) for k in (1, 2, 3, 4))])
        assert first == pytest.approx(0.8)
        assert second == pytest.approx(0.16)
        assert third == pytest.approx(0.032)
        assert fourth == pytest.approx(0.0064)

    def test_vulnerability_is_no_reason_for_a_large_partnership(self):
        """Each further municipality of some 20,000 adds less for those who are in."""
        scenario = region("zeeland")
        worth = Worth(scenario, scenario)
        d = worth.region.domain_index["ict"]
        grown = ["GM0703", "GM0654", "GM1714", "GM0717", "GM0716"]
        first = worth.region.municipality_index["GM0703"]
        pools = [Pooled(body(worth, "bvo", grown[:n])).vulnerability[0, d] for n in range(1, 6)]
        more = np.diff(pools)
        assert pools[0] == pytest.approx(alone(worth.region)[MOTIVES.index("vulnerability"), first, d])
        assert all(later < earlier for earlier, later in pairwise(more))
        assert more[-1] < 0.01


class TestFrozenStays:
    @pytest.mark.parametrize("plan", ["zeeland_plan", "zeeland_light", "twente_plan", "twente_reciprocal"])
    def test_imposed_partnerships_are_in_every_plan_as_they_are(self, plan, request):
        scenario = request.getfixturevalue(plan.split("_")[0])
        kept = {q.id: q for q in request.getfixturevalue(plan).partnerships if q.origin == "frozen"}
        frozen = {key: now for key, now in scenario.partnerships.items() if now.frozen}
        assert kept.keys() == frozen.keys()
        assert frozen
        for key, now in frozen.items():
            assert (kept[key].form, kept[key].members, kept[key].domains) == (now.form, now.members, now.domains)

    @pytest.mark.parametrize("plan", ["zeeland_plan", "zeeland_light", "twente_plan"])
    def test_nobody_else_does_what_is_imposed(self, plan, request):
        scenario = request.getfixturevalue(plan.split("_")[0])
        statutory = {key for key, d in scenario.domains.items() if d.statutory}
        assert statutory == {"veiligheid", "gezondheid", "milieu"}
        for q in request.getfixturevalue(plan).partnerships:
            assert q.origin == "frozen" or not statutory & set(q.domains)

    def test_their_hours_count(self, zeeland, zeeland_light):
        worth = Worth(zeeland, zeeland)
        frozen = [q for q in zeeland_light.partnerships if q.origin == "frozen"]
        least = assessor(worth, frozen).hours
        for m, found in enumerate(zeeland_light.assessment.municipalities):
            assert found.hours.college >= least[m, 0] > 100

    def test_leaving_it_out_of_a_plan_puts_it_back(self):
        scenario = region("twente")
        frozen = {key for key, now in scenario.partnerships.items() if now.frozen}
        assert frozen <= {q.continues for q in complete_plan(scenario, [])}


def tax_office(factor=None):
    """GBT as if it were of the three large cities of Twente, who gain nothing by it but pay for leaving."""
    base = region("twente")
    scenario = part(base, LARGE_TWENTE, ["belastingen"], keep_rules=False)
    if factor is not None:
        scenario = changed(scenario, {"forms.ol_college.exit_factor": factor})
    return scenario, base


class TestExitIsNotSwamped:
    def test_leaving_costs_more_than_the_hours_it_frees(self):
        """In euro: 2.5 yearly contributions over five years against hours at what they cost."""
        scenario, base = tax_office()
        worth = Worth(scenario, base)
        kept = today_plan(scenario)
        with_, without = (assessor(worth, q) for q in (kept, [q for q in kept if q.id != "gbt"]))
        contribution = worth.region.staff.sum() * 90_000 * 0.9
        assert without.amounts["transition"] == pytest.approx(contribution * 2.5 / 5)
        rate = scenario.burden.rate
        freed = (with_.hours - without.hours).sum(axis=0) @ [rate.college, rate.council, rate.officials]
        assert 20 * freed < without.amounts["transition"]

    def test_so_it_stays_when_ending_it_frees_a_few_hours(self):
        scenario, base = tax_office()
        assert "gbt" in {q.id for q in proven(scenario, base).partnerships}

    def test_it_stays_when_transition_counts_more(self):
        scenario, base = tax_office()
        heavier = changed(scenario, {"criteria.transition.weight": 2.0})
        assert "gbt" in {q.id for q in proven(heavier, base).partnerships}

    def test_it_goes_when_leaving_is_free(self):
        scenario, base = tax_office(factor=0.0)
        heavier = changed(scenario, {"criteria.transition.weight": 2.0})
        assert "gbt" not in {q.id for q in proven(heavier, base).partnerships}

    def test_it_goes_when_there_is_time_to_earn_it_back(self):
        """So little is lost in a year, hours against people for whom another is there, that it takes centuries."""
        scenario, base = tax_office()
        for horizon, stays in ((50.0, True), (1000.0, False)):
            patient = changed(scenario, {"criteria.transition.weight": 2.0, "money.horizon": horizon})
            assert ("gbt" in {q.id for q in proven(patient, base).partnerships}) == stays

    def test_taking_the_work_out_of_a_partnership_costs_what_leaving_it_costs(self):
        """ICT and HR leave De Bevelanden; it goes on with work and income."""
        scenario = region("zeeland")
        less = [
            q.model_copy(update={"domains": ("werk_inkomen",)}) if q.id == "de-bevelanden" else q
            for q in today_plan(scenario)
        ]
        of = Region(scenario)
        members = np.isin(of.codes, scenario.partnerships["de-bevelanden"].members)
        moved = of.staff[members][:, [of.domain_index["ict"], of.domain_index["hrm"]]].sum()
        paid = assessor(Worth(scenario, scenario), less).amounts["transition"]
        assert paid == pytest.approx(moved * 90_000 * 0.9 * 2.5 / 5)


class TestOutsideMembersAreNotDecidedOn:
    @pytest.mark.parametrize(
        ("name", "codes"),
        [
            # Waardlanden collects waste for three municipalities here and one outside, and nothing else.
            ("zuid-holland-zuid", ("GM0512", "GM0523", "GM0610", "GM1978")),
            # ICT West-Brabant-West is for the ICT of Tholen and four municipalities in another province.
            ("zeeland", ("GM0703", "GM0716", "GM1676")),
        ],
    )
    def test_members_outside_the_region_take_no_work_that_they_never_agreed_to(self, name, codes):
        scenario = part(region(name), codes)
        for q in proven(scenario).partnerships:
            now = scenario.partnerships.get(q.continues or "")
            if now and now.outside.members and UNKNOWN not in now.domains:
                assert set(q.domains) <= set(now.domains)


class TestPopulationKeys:
    @pytest.mark.parametrize("name", REAL)
    def test_contributions_follow_the_work_and_not_the_inhabitants(self, name):
        """A key of inhabitants may leave a partner worse off than alone."""
        scenario = region(name)
        key, now = next(
            (k, p) for k, p in scenario.partnerships.items() if p.domains == ("belastingen",) and len(p.members) > 2
        )
        of = Region(changed(scenario, {f"partnerships.{key}.contribution": 1e6}))
        paid = contributions(of)[list(scenario.partnerships).index(key)]
        inside = np.isin(of.codes, now.members)
        work = of.staff[:, of.domain_index["belastingen"]] * inside
        assert paid == pytest.approx(1e6 * work / work.sum())
        by_inhabitants = 1e6 * of.population * inside / of.population[inside].sum()
        assert np.abs(paid - by_inhabitants).max() > 30_000

    def test_shares_that_were_agreed_are_honoured(self):
        scenario = changed(
            region("zeeland"),
            {
                "partnerships.orionis-walcheren.contribution": 1e6,
                "partnerships.orionis-walcheren.shares": {"GM0687": 0.5, "GM0717": 0.2, "GM0718": 0.3},
            },
        )
        of = Region(scenario)
        paid = contributions(of)[list(scenario.partnerships).index("orionis-walcheren")]
        assert {c: x for c, x in zip(of.codes, paid, strict=True) if x} == pytest.approx(
            {"GM0687": 500_000, "GM0717": 200_000, "GM0718": 300_000}
        )


class TestNoChurnForReciprocity:
    def test_nobody_is_served_beyond_its_need(self, twente, twente_reciprocal):
        of = Region(twente)
        received = {m.code: m.reciprocity.received for m in twente_reciprocal.assessment.municipalities}
        for code, need in zip(of.codes, of.staff.sum(axis=1), strict=True):
            assert received[code] <= need + 1e-9
        cells = [(c, d) for q in twente_reciprocal.partnerships if not q.beside for c in q.members for d in q.domains]
        free = [(c, d) for c, d in cells if d not in {"unknown", "veiligheid", "gezondheid", "milieu"}]
        assert len(free) == len(set(free))

    def test_one_domain_earns_nothing(self):
        """Two equal municipalities; whoever is host, nothing comes back for it."""
        scenario = part(region("twente"), ("GM0158", "GM0168"))
        equal = scenario.municipalities["GM0158"]
        scenario = changed(scenario, {"municipalities.GM0168": equal})
        worth = Worth(scenario, scenario)
        for host in scenario.municipalities:
            swap = PlannedPartnership(
                form="wederzijds", members=tuple(scenario.municipalities), domains=("ict",), hosts={"ict": host}
            )
            assert assessor(worth, [swap]).reciprocity < 0

    def test_doing_each_others_work_in_the_same_domain_is_no_plan(self):
        """A does ICT for B and B does ICT for A: two partnerships in a cell."""
        pair = ("GM0158", "GM0168")
        scenario = without_today(part(region("twente"), pair))
        swap = [
            PlannedPartnership(id=f"from-{c}", form="wederzijds", members=pair, domains=("ict",), hosts={"ict": c})
            for c in pair
        ]
        with pytest.raises(Exception, match="two partnerships for ict"):
            complete_plan(scenario, swap)

    def test_the_reward_is_the_smaller_of_what_goes_both_ways(self):
        """Hengelo and Borne: 83,644 and 24,738 inhabitants."""
        scenario = part(region("twente"), ("GM0147", "GM0164"))
        worth = Worth(scenario, scenario)
        of = worth.region
        borne, hengelo = of.municipality_index["GM0147"], of.municipality_index["GM0164"]
        swap = PlannedPartnership(
            form="wederzijds",
            members=("GM0147", "GM0164"),
            domains=("openbare_ruimte", "archief"),
            hosts={"openbare_ruimte": "GM0164", "archief": "GM0147"},
        )
        given = of.staff[borne, of.domain_index["openbare_ruimte"]]
        back = of.staff[hengelo, of.domain_index["archief"]]
        assert assessor(worth, [swap]).reciprocity == pytest.approx(
            min(given, back) - scenario.money.imbalance * abs(given - back)
        )

    @pytest.mark.parametrize("name", REAL)
    def test_no_work_is_shared_only_to_be_reciprocated(self, name):
        """In each domain of mutual services sharing the work is worth something by itself, and in all of them together.

        But for one that is the only domain of its host: every member hosts something, so it is what a member gives to
        be in, and the whole is worth it.
        """
        scenario = region(name)
        solution = solve(scenario, scenario, Options(time_limit=60))
        worth = Worth(scenario, scenario)
        placed = Placed.of(worth.today, solution.partnerships)
        base, per_domain = worth.column_values(placed.bodies)
        losses = {}
        for p, q in enumerate(solution.partnerships):
            if q.form != "wederzijds":
                continue
            hosts = q.hosts or {}
            only = [d for d in q.domains if list(hosts.values()).count(hosts[d]) == 1]
            own = {d: float(per_domain[p, worth.region.domain_index[d]]) for d in q.domains}
            losses |= {(q.members, d): own[d] for d in q.domains if own[d] < 0 and d not in only}
            if float(base[p]) + sum(own.values()) < 0:
                losses[q.members, "all"] = float(base[p]) + sum(own.values())
        assert losses == {}

    def test_work_that_serves_no_motive_together_earns_no_reciprocity(self):
        """Walcheren: past 20,000 inhabitants roads get dearer, so where only cost is at stake nothing is won."""
        pure = {"domains.openbare_ruimte.relevance": {"cost": 1.0}}
        scenario = changed(without_today(part(region("zeeland"), WALCHEREN)), pure)
        worth = Worth(scenario, scenario)
        hosts = {"openbare_ruimte": WALCHEREN[0], "financien": WALCHEREN[1], "ict": WALCHEREN[2]}
        swap = PlannedPartnership(form="wederzijds", members=WALCHEREN, domains=tuple(hosts), hosts=hosts)
        without = PlannedPartnership(
            form="wederzijds",
            members=WALCHEREN,
            domains=("financien", "ict"),
            hosts={d: hosts[d] for d in ("financien", "ict")},
        )
        assert assessor(worth, [swap]).reciprocity == pytest.approx(assessor(worth, [without]).reciprocity)


class TestDrukteIsSeasonalAndPersonal:
    def test_the_council_is_busiest_from_april_to_july(self, twente_plan):
        council = np.array(twente_plan.assessment.network.hours_by_month["council"])
        assert council[3:7].sum() > 0.5 * council.sum()
        assert int(council.argmax()) in (4, 5)
        assert council[4:6].min() > 1.8 * council.mean()

    def test_hours_are_told_for_each_municipality_and_role(self, twente, twente_plan):
        found = {m.code: m.hours for m in twente_plan.assessment.municipalities}
        assert found.keys() == twente.municipalities.keys()
        assert all(min(h.college, h.council, h.officials) > 0 for h in found.values())
        assert len({round(h.college, 3) for h in found.values()}) > 1

    @pytest.mark.parametrize("role", ["college", "council", "officials"])
    def test_months_add_up_to_the_year(self, role, twente_plan):
        year = sum(getattr(m.hours, role) for m in twente_plan.assessment.municipalities)
        assert sum(twente_plan.assessment.network.hours_by_month[role]) == pytest.approx(year)


class TestSeatsNotBoards:
    def test_one_partnership_with_many_domains_burdens_less_than_many_with_one(self):
        """Noaberkracht does everything for two; thirteen separate ones would be thirteen boards."""
        scenario = region("twente")
        worth = Worth(scenario, scenario)
        now = scenario.partnerships["noaberkracht"]
        pair, domains = now.members, now.domains
        one = assessor(worth, [PlannedPartnership(form="bvo", members=pair, domains=domains)])
        many = assessor(worth, [PlannedPartnership(form="bvo", members=pair, domains=(d,)) for d in domains])
        # First domain whole, twelve further ones in part: little of a board, more of opinions and accounts.
        further = scenario.forms["bvo"].further_domain
        for r, role in enumerate(ROLES):
            part_of = (1 + 12 * getattr(further, role)) / 13
            assert one.hours[:, r].sum() == pytest.approx(many.hours[:, r].sum() * part_of)
        assert one.hours[:, 0].sum() < many.hours[:, 0].sum() / 3
        assert one.amounts["burden"] < 0.6 * many.amounts["burden"]

    def test_the_number_of_boards_does_not_count_by_itself(self):
        assert region("twente").criteria["partnerships"].weight == 0


class TestCongruenceIsReportedOnly:
    @pytest.mark.parametrize("name", REAL)
    def test_its_weight_is_zero(self, name):
        scenario = region(name)
        found = assessor(Worth(scenario, scenario), today_plan(scenario)).result()
        congruence = next(c for c in found.criteria if c.key == "congruence")
        assert congruence.weight == congruence.contribution == 0
        assert 0 < found.network.congruence < 1


class TestMutualServicesGrowOutOfACentre:
    def leerstad(self, variant=None, **changes):
        loaded = load(SCENARIOS / "leerstad" / "scenario.yaml", variant=variant)
        return solve(changed(loaded.scenario, changes), loaded.base)

    def test_leerstad_is_a_centre_and_gets_mutual_services_when_reciprocity_counts(self):
        now, reciprocal = self.leerstad(), self.leerstad("wederkerig")
        centres = [q for q in now.partnerships if q.form == "centrum"]
        assert {h for q in centres for h in (q.hosts or {}).values()} == {"leerstad"}
        assert not any(q.form == "wederzijds" for q in now.partnerships)
        (mutual,) = [q for q in reciprocal.partnerships if q.form == "wederzijds"]
        assert "leerstad" in mutual.members
        assert len(set((mutual.hosts or {}).values())) == 2
        assert now.assessment.network.reciprocity == 0
        assert reciprocal.assessment.network.reciprocity > 0.3

    def test_it_stays_a_centre_when_service_that_does_not_come_back_counts_heavily(self):
        strict = self.leerstad("wederkerig", **{"money.imbalance": 1.0})
        assert {q.form for q in strict.partnerships if q.origin == "new"} == {"centrum"}

    def test_reciprocity_grows_with_its_weight(self):
        weights = (0.0, 0.5, 1.0, 3.0)
        found = [
            next(c.amount for c in s.assessment.criteria if c.key == "reciprocity")
            for s in (self.leerstad(**{"criteria.reciprocity.weight": w}) for w in weights)
        ]
        assert found == sorted(found)
        assert found[-1] > found[0]


def test_gain_of_a_partnership_may_be_negative_where_it_is_past_its_scale():
    """All thirteen of Zeeland (393,000) for the civil registry are dearer than the average alone-keeper of 50,000."""
    scenario = region("zeeland")
    worth = Worth(scenario, scenario)
    of = worth.region
    d = of.domain_index["burgerzaken"]
    everybody = Pooled(body(worth, "bvo", of.codes)).index[0, d]
    middelburg = alone_index(of)[of.municipality_index["GM0687"], d]
    assert everybody > middelburg
    pairs = gain(body(worth, "bvo", ["GM0687", "GM0715"]))[MOTIVES.index("cost"), 0, d]
    assert pairs < 0


def test_the_criterion_cost_is_in_euros_and_differs_from_what_is_saved_only_by_who_minds():
    """Walcheren shares tax and the civil registry: tax gets cheaper, the registry past 60,000 inhabitants dearer.

    Cost once counted cells, of which one of tax was as much as one of public space, and rose while euros were lost. A
    euro is a euro now: the criterion is what is saved, unless somebody says that cost matters less to them somewhere.
    """
    plan = [
        PlannedPartnership(id=d, form="bvo", members=WALCHEREN, domains=(d,)) for d in ("belastingen", "burgerzaken")
    ]

    def more(scenario):
        worth = Worth(scenario, scenario)
        own, shared = assessor(worth, []), assessor(worth, plan)
        saving = sum(m.saving for m in shared.municipalities()) - sum(m.saving for m in own.municipalities())
        return shared.amounts["cost"] - own.amounts["cost"], saving

    scenario = changed(region("zeeland"), {"wants.revealed": 0.0})
    criterion, saving = more(scenario)
    assert criterion == pytest.approx(saving)
    assert abs(saving) > 10_000
    nobody_minds = {f"municipalities.{c}.domain_motives": {"burgerzaken": {"cost": 0.0}} for c in WALCHEREN}
    of_tax, same = more(changed(scenario, nobody_minds))
    assert same == pytest.approx(saving)
    assert of_tax > saving + 10_000
