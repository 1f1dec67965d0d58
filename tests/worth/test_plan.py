import pytest

from regie_opt.worth import PlanError, complete_plan

from .small import plan, small, today

INVENTORY = {
    "tax-office": today("body", ["aa", "bee"], ["tax"]),
    "safety-region": today("body", ["aa", "bee", "cee"], ["safety"], frozen=True),
    "shared-desk": today("hub", ["aa", "cee"], ["hr"], host="cee"),
    "talk": today("table", ["aa", "bee"], ["economy"], beside=True),
    "mail": today("body", ["aa", "cee"], ["hr", "economy"]),
    "riddle": today("body", ["bee", "cee"], ["unknown"]),
}


def scenario():
    return small(partnerships=INVENTORY)


WRONG = {
    "form": (
        [plan("bodi", "aa bee", "tax")],
        "partnership 1 of the plan: unknown form 'bodi'; nearest: 'body'",
    ),
    "municipality": (
        [plan("body", "aa beee", "tax")],
        "partnership 1 of the plan: unknown municipality 'beee'; nearest: 'bee'",
    ),
    "domain": (
        [plan("body", "aa bee", "tax"), plan("body", "aa bee", "hrr")],
        "partnership 2 of the plan: unknown domain 'hrr'; nearest: 'hr'",
    ),
    "continues": (
        [plan("body", "aa bee", "tax", continues="tax-ofice")],
        "partnership 1 of the plan: unknown partnership 'tax-ofice'; nearest: 'tax-office'",
    ),
    "alone": (
        [plan("body", "cee", "tax", id="p")],
        "'p' has 1 member; a partnership has at least 2",
    ),
    "continued twice": (
        [
            plan("body", "aa bee", "tax hr", id="p", continues="mail"),
            plan("body", "bee cee", "economy", id="q", continues="mail"),
        ],
        "'q' and 'p' both continue 'mail'",
    ),
    "another form": (
        [plan("hub", "aa bee", "tax", {"tax": "aa"}, id="p", continues="tax-office")],
        "'p' is hub but continues 'tax-office', which is body",
    ),
    "other domains": (
        [plan("body", "aa bee", "hr", id="p", continues="tax-office")],
        "'p' continues 'tax-office' but carries none of its domains (tax)",
    ),
    "beside": (
        [plan("table", "aa cee", "economy", id="talk", continues="talk")],
        "'talk' cannot be changed: 'talk' is beside the work",
    ),
    "host of a body": (
        [plan("body", "bee cee", "hr", {"hr": "cee"}, id="p")],
        "'p': a body has no host",
    ),
    "no host": (
        [plan("hub", "bee cee", "tax hr", {"hr": "cee"}, id="p")],
        "'p': no host for tax (a hub has one)",
    ),
    "strange host": (
        [plan("hub", "bee cee", "tax", {"tax": "aa"}, id="p")],
        "'p': host aa is not a member; members: bee, cee",
    ),
    "two hosts": (
        [plan("hub", "bee cee", "tax hr", {"tax": "bee", "hr": "cee"}, id="p")],
        "'p': a hub has one host for all its domains, found bee, cee",
    ),
    "unlawful": (
        [plan("table", "bee cee", "tax", id="p")],
        "'p': the task is execution, and the form may only carry policy",
    ),
    "cell taken": (
        [
            plan("body", "aa bee", "tax", id="p", origin="new"),
            plan("hub", "bee cee", "tax", {"tax": "cee"}, id="q"),
        ],
        "bee has two partnerships for tax: 'p' and 'q'",
    ),
    "frozen cell taken": (
        [plan("body", "bee cee", "safety", id="p", origin="new")],
        "'p': safety is cooperation imposed by law",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_plan_is_refused_with_a_reason(case):
    planned, reason = WRONG[case]
    with pytest.raises(PlanError) as error:
        complete_plan(scenario(), planned)
    lines = str(error.value).splitlines()
    assert reason in lines[0]
    if case not in ("frozen cell taken",):
        assert lines == [reason]


def test_every_reason_is_given_at_once():
    with pytest.raises(PlanError) as error:
        complete_plan(scenario(), [plan("body", "cee", "hr", id="p"), plan("table", "aa bee", "tax", id="q")])
    assert len(str(error.value).splitlines()) == 2


def test_fixed_partnerships_are_in_every_plan():
    whole = complete_plan(scenario(), [])
    assert [(q.id, q.origin) for q in whole] == [("safety-region", "frozen"), ("riddle", "kept")]


def test_a_plan_of_names_alone_gets_ids_names_hosts_and_origins():
    whole = complete_plan(scenario(), [plan("hub", "aa cee", "hr"), plan("body", "bee cee", "tax")])
    desk, new = whole[2:]
    assert (desk.id, desk.continues, desk.origin, desk.hosts) == (
        "shared-desk",
        "shared-desk",
        "kept",
        {"hr": "cee"},
    )
    assert (new.continues, new.origin, new.name) == (None, "new", "domain")
    assert new.id


def test_a_partnership_that_says_new_continues_nothing():
    (*_, new) = complete_plan(scenario(), [plan("body", "aa bee", "tax", origin="new")])
    assert new.continues is None
    assert new.origin == "new"


def test_other_members_or_domains_make_it_changed():
    (*_, changed) = complete_plan(scenario(), [plan("body", "aa bee cee", "tax", continues="tax-office")])
    assert changed.origin == "changed"


def test_a_table_beside_the_work_stays_beside_it():
    (*_, talk) = complete_plan(scenario(), [plan("table", "aa bee", "economy", id="talk")])
    assert talk.beside


# What the definition of worth should refuse and does not yet.


def test_a_frozen_partnership_cannot_be_changed():
    smaller = plan("body", "aa bee", "safety", id="safety-region", continues="safety-region")
    with pytest.raises(PlanError, match="imposed by law"):
        complete_plan(scenario(), [smaller])


def test_a_partnership_with_another_host_is_no_continuation():
    with pytest.raises(PlanError):
        complete_plan(scenario(), [plan("hub", "aa cee", "hr", {"hr": "aa"}, continues="shared-desk")])


def test_statutory_work_cannot_be_planned():
    with pytest.raises(PlanError):
        complete_plan(small(), [plan("body", "aa bee", "safety")])


def test_a_member_named_twice_is_told_so():
    with pytest.raises(PlanError) as error:
        complete_plan(small(), [plan("body", "aa aa bee", "tax", id="p")])
    assert "at least 2" not in str(error.value)


def test_another_host_of_a_domain_is_a_change():
    inventory = {"swap": today("swap", ["aa", "bee"], ["hr"], hosts={"hr": "aa"})}
    for host, origin in (("aa", "kept"), ("bee", "changed")):
        (whole,) = complete_plan(small(partnerships=inventory), [plan("swap", "aa bee", "hr", {"hr": host})])
        assert (whole.continues, whole.origin) == ("swap", origin)
    (silent,) = complete_plan(small(partnerships=inventory), [plan("swap", "aa bee", "hr")])
    assert (silent.hosts, silent.origin) == ({"hr": "aa"}, "kept")
