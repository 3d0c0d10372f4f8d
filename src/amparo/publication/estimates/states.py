"""How an estimate may move. Checking and publishing are one act; nothing that was public ever vanishes."""

from amparo.common.types import LifeCycle, moves

ESTIMATE = LifeCycle(
    "estimate",
    "queued",
    moves(
        compute=("queued", "computed"),
        fail=("queued", "failed"),
        justify=("computed", "waiting"),
        refuse=("waiting", "refused"),
        publish=("waiting", "published"),
        withdraw=("published", "withdrawn"),
    ),
)
