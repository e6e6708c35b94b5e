from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.errors import StoreError
from store.canonical import canonical, digest, read_canonical

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abcd"), inner),
    max_leaves=10,
)


def test_the_form_is_fixed() -> None:
    assert (
        canonical({"b": [1, None, True], "a": "£ \n"}) == '{"a":"£ \\n","b":[1,null,true]}'.encode()
    )


@given(VALUES, VALUES)
def test_equal_forms_mean_equal_values(left: object, right: object) -> None:
    assert (canonical(left) == canonical(right)) == (repr(left) == repr(right)) or left == right


@pytest.mark.parametrize(
    "value", [1.0, 2**53, -(2**53), "\ud83d", "a\0", "\\\0", b"", {"a": {1.5}}, {"\0": 1}], ids=repr
)
def test_what_has_no_form_is_refused(value: Any) -> None:
    with pytest.raises(StoreError, match="stor"):
        canonical([value])


def test_kind_and_salt_are_inside_the_hash() -> None:
    hashes = {digest("a", 1), digest("b", 1), digest("a", 1, b"x"), digest("a", 2)}
    assert len(hashes) == 4


@pytest.mark.parametrize("text", ["\\u0000", "\\\\u0000", "a\\"], ids=repr)
def test_a_backslash_before_digits_is_no_null(text: str) -> None:
    assert read_canonical(canonical([text]).decode()) == [text]
