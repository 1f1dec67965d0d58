from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from regie_opt.loading.parsing import parse
from regie_opt.loading.workbook.growing import as_node
from regie_opt.loading.workbook.tree import data_of, same
from regie_opt.loading.workbook.yaml_text import yaml_text
from regie_opt.schema.text import forbidden, plain, tidy

texts = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=8).filter(lambda text: not forbidden(text)).map(tidy),
    st.sampled_from(
        [
            "?",
            "-",
            "2015-07-01",
            "null",
            "1e3",
            "a: b",
            "# x",
            "yes",
            "0x1F",
            "1_000",
            "~",
            "=",
            "<<",
            "!",
            "a\n b",
        ]
    ),
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**17), 10**17), st.floats(allow_nan=False, allow_infinity=False), texts
)
keys = texts.map(plain).filter(lambda key: key != "<<")
trees = st.recursive(
    scalars,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(keys, below, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), trees, min_size=1, max_size=3))
def test_any_tree_is_read_back_from_its_text(tree: dict[str, Any]) -> None:
    text = yaml_text(as_node(tree, ""), "Heading\n\nand more")
    node = parse(text, "")
    assert node is not None
    assert same(data_of(node), data_of(as_node(tree, "")))


def test_short_things_stand_on_one_line() -> None:
    tree = {"between": ["GM0505", "GM0512"], "location": {"lon": 5.1, "lat": 52}, "start": "2015-07-01", "no": None}
    assert yaml_text(as_node(tree, ""), "Heading") == (
        "# Heading\n\nbetween: [GM0505, GM0512]\nlocation: {lon: 5.1, lat: 52}\nstart: 2015-07-01\nno: null\n"
    )
