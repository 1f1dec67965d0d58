from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """PuLP 3.3 announces what changes in PuLP 4, whatever is asked of it."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore:.*PuLP 4:DeprecationWarning"))
