"""Where cryptography is used is written down, and nowhere else is it used (ASVS 11.1.3)."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
LIBRARIES = r"(?m)^\s*(?:import|from) (?:cryptography|nacl|argon2|hashlib|hmac|secrets)\b"


def test_every_module_that_uses_cryptography_is_in_the_table_and_the_table_names_no_other():
    page = (ROOT / "docs" / "explanation" / "cryptography.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(amparo(?:\.[a-z_]+)+)`", page))
    using = {
        ".".join(file.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")
        for file in SRC.rglob("*.py")
        if "migrations" not in file.parts and re.search(LIBRARIES, file.read_text(encoding="utf-8"))
    }
    assert using == named


def test_chance_that_can_be_foreseen_stays_out_of_what_must_be_secret():
    """`random` is for demonstrations and for what draws by a seed, so that the same comes out again."""
    drawing = {
        str(file.relative_to(SRC / "amparo"))
        for file in SRC.rglob("*.py")
        if re.search(r"(?m)^\s*(?:import|from) random\b", file.read_text(encoding="utf-8"))
    }
    assert {name for name in drawing if not name.startswith(("demo/", "methods/"))} <= {"linkage/running.py"}
