"""The reference tells of everything that it is drawn from."""

from pathlib import Path

import amparo
from amparo.config.reference import STEPS


def test_every_life_cycle_is_drawn():
    home = Path(amparo.__file__).parent
    there = {".".join(file.parent.relative_to(home).parts) for file in home.rglob("states.py")}
    assert there == set(STEPS)
