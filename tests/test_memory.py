"""What is left out while applications are made comes back afterwards."""

from __future__ import annotations

import gc

import pytest

from tailor.commands.terminal import never_collected
from tailor.nlp.pipeline import load


def test_garbage_is_sought_again_afterwards() -> None:
    """Inside no garbage is sought; after it, and after an error, it is as it was before."""
    assert gc.isenabled()
    with never_collected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="mended"), never_collected():
        raise ValueError("to be mended")
    assert gc.isenabled()


def test_who_has_turned_it_off_keeps_it_off() -> None:
    """A program that seeks no garbage is not made to."""
    gc.disable()
    try:
        with never_collected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_loading_the_pipeline_leaves_it_off() -> None:
    """What reads spaCy's files turns the search for garbage on; here it stays as it was."""
    with never_collected():
        load.__wrapped__()
        assert not gc.isenabled()
