from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """PuLP 3 announces what PuLP 4 will change, every time a variable is made; the project asks for PuLP below 4."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.filterwarnings("ignore:.*PuLP 4:DeprecationWarning"))
