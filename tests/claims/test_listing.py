"""The claims themselves: each stands in its notebook, and the page lists it."""

import pytest

from tests.claims.claim import claim
from tests.claims.listing import PAGE, claims, place, row
from tests.notebook.reading import notebooks

CLAIMS = claims()
every_claim = pytest.mark.parametrize(
    "entry", CLAIMS, ids=[f"{c.notebook} {c.holds.__name__}" for c in CLAIMS]
)


@every_claim
def test_the_words_stand_in_the_notebook(entry):
    assert len(entry.quote.split()) >= 3
    assert place(entry), f"{entry.quote!r} is not in notebook {entry.notebook}"


@every_claim
def test_something_is_varied(entry):
    assert entry.vary, "a claim moves at least one setting"
    assert 0 < entry.share <= 1


def test_every_notebook_after_the_first_has_claims():
    numbers = {notebook.path.stem[:2] for notebook in notebooks()[1:]}
    assert numbers == {entry.notebook for entry in CLAIMS}


def test_the_page_lists_every_claim():
    text = PAGE.read_text(encoding="utf-8")
    told = [entry.says.replace("|", "\\|") for entry in CLAIMS]
    assert [says for says in told if f"| {says} |" not in text] == []
    assert text.count("\n| ") == len(CLAIMS) + len({c.notebook for c in CLAIMS})
    assert " at 0x" not in text


def entry(holds, **settings):
    holds.__module__ = "tests.claims.test_nb01"
    holds.__doc__ = "A number against a limit."
    return claim("three words here", says="x stays below 5", **settings)(holds)


def test_a_claim_that_fails_at_home_is_seen():
    test = entry(lambda x: x < 5, at=dict(x=6), vary=dict(x=(1, 2)))
    with pytest.raises(AssertionError, match="own settings"):
        test()


def test_a_claim_that_turns_is_seen():
    test = entry(lambda x: x < 5, at=dict(x=1), vary=dict(x=(1, 2, 3, 6)))
    with pytest.raises(AssertionError, match="3 of 4"):
        test()


def test_a_share_is_enough_where_the_sentence_says_so():
    entry(lambda x: x < 5, at=dict(x=1), vary=dict(x=(1, 2, 3, 6)), share=0.75)()


def test_a_slow_claim_is_left_to_make_claims():
    assert not entry(lambda: True, slow=True).__test__


def test_a_row_counts_arrays_of_verdicts():
    import numpy as np

    held = entry(lambda x: np.arange(4) < x, at=dict(x=4), vary=dict(x=(2, 4))).claim
    assert "| 6 of 8 |" in row(held, held.verdicts())
