"""How an answer may move. What was published stays readable for ever; a newer one only supersedes it."""

from amparo.common.types import LifeCycle, moves

ASSESSMENT = LifeCycle(
    "answer",
    "draft",
    moves(
        submit=("draft", "submitted"),
        send_back=("submitted", "draft"),
        review=("submitted", "reviewed"),
        publish=("reviewed", "published"),
        contest=("published contested", "contested"),
        supersede=("published contested", "superseded"),
    ),
)

ENTRY = LifeCycle("line", "submitted", moves(publish=("submitted", "published"), refuse=("submitted", "refused")))
