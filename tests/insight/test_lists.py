import pytest

from regie_opt.insight.lists import InventoryList, mismatches, similarity


@pytest.fixture
def differences(network):
    def of(*sets, ours=(), municipality=None):
        here, there = network("leerstad", *ours), network("leerstad", *sets)
        lists = InventoryList(here.scenario, municipality), InventoryList(there.scenario)
        return [(f.kind, f) for f in mismatches(*lists, here.rules)]

    return of


def test_a_list_is_like_itself(differences):
    assert differences() == []


def test_what_one_lists_and_the_other_does_not(differences):
    (found,) = differences("partnerships.afvalschap=null")
    assert found[0] == "only_here"
    assert found[1].partnerships == ("afvalschap",)
    (found,) = differences(ours=["partnerships.afvalschap=null"])
    assert found[0] == "only_there"
    assert found[1].found["there"] == ("Afvalschap Noordwolde-Rietdam",)


def test_form_domains_and_members_that_differ(differences):
    found = dict(
        differences(
            "partnerships.afvalschap.form=bvo",
            "partnerships.klantentafel.domains=[burgerzaken, ict]",
            "partnerships.klantentafel.members=[noordwolde, veenkerk]",
        )
    )
    assert found["other_form"].found == {"here": ("ol_college",), "there": ("bvo",)}
    assert found["other_domains"].partnerships == ("klantentafel",)
    assert found["other_members"].found["here"] == ("leerstad", "oosterhei", "rietdam")
    assert len(found) == 3


def test_a_register_id_goes_before_a_name(differences):
    same = "partnerships.afvalschap.register_id='7'"
    assert differences(same, "partnerships.afvalschap.name=Iets heel anders", ours=[same]) == []


def test_a_name_that_is_only_alike_is_a_doubtful_match(differences):
    ((kind, found),) = differences("partnerships.afvalschap.name=Afvalschap Rietdam en Noordwolde")
    assert kind == "doubtful"
    assert 0.6 <= found.figures["similarity"] < 0.9


def test_only_what_both_should_name_is_compared(differences):
    assert [f.partnerships for _, f in differences("partnerships.afvalschap=null", municipality="leerstad")] == []


def test_words_that_every_name_has_do_not_make_two_alike():
    assert similarity("Gemeenschappelijke regeling Avri", "Regeling voor de AVRI") == 1
    assert (
        similarity("Gemeenschappelijke regeling Avri", "Gemeenschappelijke regeling Werkplein Hart van West-Brabant")
        < 0.6
    )
