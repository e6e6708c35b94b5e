"""The tree against the definition of RFC 6962, written out naively, and its published vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.tree import (
    At,
    Frontier,
    completed,
    consistency,
    inclusion,
    is_consistent,
    leaf_hash,
    node_hash,
    peaks,
    root,
    root_of_inclusion,
)

VECTORS = [
    ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    (
        "606162636465666768696a6b6c6d6e6f",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ),
]
"""A leaf more each time, and the root then: the vectors of the reference implementation."""
SIZES = st.integers(1, 70)
HASHES = st.binary(min_size=32, max_size=32)


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(size)]


def naive_root(hashes: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, over leaves that are hashed already."""
    if len(hashes) == 1:
        return hashes[0]
    split = max(2**power for power in range(8) if 2**power < len(hashes))
    left, right = naive_root(hashes[:split]), naive_root(hashes[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def naive_path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(hashes) == 1:
        return []
    split = max(2**power for power in range(8) if 2**power < len(hashes))
    if index < split:
        return [*naive_path(index, hashes[:split]), naive_root(hashes[split:])]
    return [*naive_path(index - split, hashes[split:]), naive_root(hashes[:split])]


def naive_proof(old: int, hashes: Sequence[bytes], *, whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2."""
    if old == len(hashes):
        return [] if whole else [naive_root(hashes)]
    split = max(2**power for power in range(8) if 2**power < len(hashes))
    if old <= split:
        return [*naive_proof(old, hashes[:split], whole=whole), naive_root(hashes[split:])]
    return [
        *naive_proof(old - split, hashes[split:], whole=False),
        naive_root(hashes[:split]),
    ]


def kept(hashes: Sequence[bytes]) -> At:
    """Keep the perfect parts as a ledger does: with the leaf that ends them."""
    rows: list[list[bytes]] = []

    def at(level: int, index: int) -> bytes:
        return rows[((index + 1) << level) - 1][level]

    for number, leaf in enumerate(hashes):
        rows.append([leaf, *completed(number, leaf, at)])
    return at


def test_the_published_roots() -> None:
    grown = Frontier()
    hashes = []
    for data, expected in VECTORS:
        hashes.append(leaf_hash(bytes.fromhex(data)))
        grown.add(hashes[-1])
        assert grown.root().hex() == expected
        assert root(len(hashes), kept(hashes)).hex() == expected


def test_the_published_proofs() -> None:
    """The tree of seven leaves that RFC 6962 draws, its parts by the letters there."""
    a, b, c, d, e, f, j = hashes = leaves(7)
    at = kept(hashes)
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l = node_hash(g, h), node_hash(i, j)  # noqa: E741 - the letter there
    assert inclusion(0, 7, at) == [b, h, l]
    assert inclusion(3, 7, at) == [c, g, l]
    assert inclusion(4, 7, at) == [f, j, k]
    assert inclusion(6, 7, at) == [i, k]
    assert consistency(3, 7, at) == [c, d, g, l]
    assert consistency(4, 7, at) == [l]
    assert consistency(6, 7, at) == [i, j, k]


@given(SIZES)
def test_what_is_kept_is_the_definition(size: int) -> None:
    hashes, grown = leaves(size), Frontier()
    at = kept(hashes)
    for number, leaf in enumerate(hashes):
        assert grown.add(leaf) == completed(number, leaf, at)
    assert grown.size == size
    assert grown.root() == root(size, at) == naive_root(hashes)
    assert sum(1 << level for level, _ in peaks(size)) == size


@given(SIZES, st.data())
def test_a_path_proves_its_leaf_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    path = inclusion(index, size, kept(hashes))
    assert path == naive_path(index, hashes)
    top = naive_root(hashes)
    assert root_of_inclusion(index, size, hashes[index], path) == top
    assert root_of_inclusion(index, size, leaf_hash(b"another"), path) != top
    other = data.draw(st.integers(-1, 2 * size))
    if other != index:
        assert root_of_inclusion(other, size, hashes[index], path) != top
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        assert root_of_inclusion(index, size, hashes[index], path[:place]) != top
        changed = [*path[:place], leaf_hash(path[place]), *path[place + 1 :]]
        assert root_of_inclusion(index, size, hashes[index], changed) != top
    assert root_of_inclusion(index, size, hashes[index], [*path, top]) != top


@given(SIZES, st.data())
def test_a_proof_shows_what_a_tree_began_with(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    hashes = leaves(size)
    path = consistency(old, size, kept(hashes))
    assert path == naive_proof(old, hashes)
    roots = naive_root(hashes[:old]), naive_root(hashes)
    assert is_consistent(old, size, roots, path)
    assert not is_consistent(old, size, (roots[0], leaf_hash(b"")), path)
    assert not is_consistent(old, size, (leaf_hash(b""), roots[1]), path)
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        changed = [*path[:place], leaf_hash(path[place]), *path[place + 1 :]]
        assert not is_consistent(old, size, roots, changed)
        assert not is_consistent(old, size, roots, path[:place])
    assert not is_consistent(old, size, roots, [*path, roots[1]])


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
@given(path=st.lists(HASHES, max_size=4))
def test_no_proof_holds_for_sizes_that_cannot_be(old: int, new: int, path: list[bytes]) -> None:
    top = naive_root(leaves(3))
    assert not is_consistent(old, new, (top, top), path)
