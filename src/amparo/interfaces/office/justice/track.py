"""A proceeding as a row of six steps: which are done, which is the present one, which have not come."""

from dataclasses import dataclass

from amparo.justice.models import Stage
from amparo.justice.queries import Track
from amparo.justice.states import STAGES


@dataclass(frozen=True)
class Step:
    """A place on the track. `state` is done, current or none; `last` is the latest of the stages that stood here."""

    code: str
    state: str
    last: Stage | None
    times: int


def steps(track: Track) -> list[Step]:
    """The six places of the track, in their order, whatever way the proceeding took."""
    return [_step(code, track) for code in STAGES]


def _step(code: str, track: Track) -> Step:
    here = [stage for stage in track.stages if stage.stage == code]
    if not here:
        return Step(code, "none", None, 0)
    present = here[-1] is track.stages[-1] and track.proceeding.status == "open"
    return Step(code, "current" if present else "done", here[-1], len(here))
