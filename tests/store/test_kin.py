"""The pots of a question need only what hangs together with its claims."""

import pytest

from store.pots.build import build_pots
from store.question import parse
from store.store import Store


@pytest.mark.parametrize(
    "question", ["amount:>1m", "kind:funding", "status:partof", "amount:>1tn", "-status:partof"]
)
def test_the_same_pots_come_of_all_claims_and_of_those_that_hang_together(
    everything: str, question: str
) -> None:
    with Store.open(everything, read_only=True) as store:
        near, asked = store.with_kin(parse(question))
        assert {one.id for one in store.find_claims(parse(question)).claims} == asked
        every = store.all_claims()
        assert build_pots(near, only=asked, by_sum=False) == build_pots(
            every, only=asked, by_sum=False
        )


def test_whatever_is_related_to_a_claim_comes_along(everything: str) -> None:
    with Store.open(everything, read_only=True) as store:
        every = {one.id: one for one in store.all_claims()}
        (related, *_) = (one for one in every.values() if one.relations)
        (to, *_) = (one.to for one in related.relations)
        for name in (related.id, to):
            near, asked = store.with_kin(parse(f"pot:{name}"))
            assert {related.id, to} <= {one.id for one in near}
            assert asked <= {one.id for one in near}
