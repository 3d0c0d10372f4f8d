"""How a release may move. Checking and publishing are one act; nothing that was public ever vanishes."""

from amparo.common.types import LifeCycle, moves

RELEASE = LifeCycle(
    "release",
    "draft",
    moves(
        refuse=("draft", "refused"),
        check=("draft", "checked"),
        publish=("checked", "published"),
        withdraw=("published", "withdrawn"),
    ),
)
