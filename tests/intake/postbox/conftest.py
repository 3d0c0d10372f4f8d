"""An open postbox, its intake key, and a way to write the letters that come through the door."""

from base64 import b64encode
from dataclasses import dataclass

import pytest

from amparo.intake.postbox import desk, sealing

LETTER = {
    "told": "A child I know needs somebody to talk to.",
    "who": "neighbour",
    "worries": ["cannot_say"],
    "urgency": "normal",
    "place": "LM-NORTH",
    "where": "",
    "child_age": 9,
    "channel": "come_back_with_code",
    "contact": "",
    "safe_time": "",
    "language": "en",
    "not_to": [],
    "about_agency": "",
}


@dataclass
class IntakeKey:
    """The desk's pair; `opened` reads a letter as intake will."""

    private: bytes
    public: bytes

    def opened(self, letter: desk.Letter) -> bytes:
        return sealing.unseal(self.private, self.public, letter.sealed)


def board(public: bytes, **changes) -> dict:
    return {
        "open": True,
        "intake_key": b64encode(public).decode(),
        "help_lines": [],
        "labels": {},
        "places": [["LM-NORTH", "North region"]],
        "agencies": [["NORTH", "North office"]],
        "demo": False,
    } | changes


@pytest.fixture
def postbox(db) -> IntakeKey:
    key = IntakeKey(*sealing.new_pair())
    desk.publish_board(board(key.public))
    return key
