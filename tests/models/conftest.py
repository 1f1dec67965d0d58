from pathlib import Path

import pytest
from ruamel.yaml import YAML

from regie_opt.schema.scenario import ModelFile

NL = Path(__file__).resolve().parents[2] / "models" / "nl"


def read(name: str) -> ModelFile:
    return ModelFile.model_validate(YAML(typ="safe").load(NL / name))


@pytest.fixture(scope="session")
def domains():
    return read("domains.yaml").domains


@pytest.fixture(scope="session")
def forms():
    return read("forms.yaml").forms


@pytest.fixture(scope="session")
def parameters():
    return read("parameters.yaml")


@pytest.fixture(scope="session")
def free(domains):
    return {key: domain for key, domain in domains.items() if not domain.statutory}


@pytest.fixture(scope="session")
def sourced(domains, forms, parameters):
    """Every object with numbers, by a name to find it by."""
    objects = {f"domains.{key}": domain for key, domain in domains.items()}
    objects |= {f"forms.{key}": form for key, form in forms.items()}
    objects |= {f"criteria.{key}": criterion for key, criterion in read("criteria.yaml").criteria.items()}
    for name in ("motives", "trust", "wants", "burden", "money"):
        objects[name] = getattr(parameters, name)
    objects["insight"] = read("insight.yaml").insight
    objects |= {f"uncertainty.{key}": one for key, one in read("uncertainty.yaml").uncertainty.items()}
    return objects


@pytest.fixture(scope="session")
def bibliography():
    return read("sources.yaml").sources
