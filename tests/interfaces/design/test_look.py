"""The look that every page shares: readable in light and dark, and nothing inline (X2)."""

import re
from pathlib import Path

import pytest

INTERFACES = Path(__file__).resolve().parents[3] / "src" / "amparo" / "interfaces"
CSS = (INTERFACES / "design" / "static" / "amparo" / "albero.css").read_text()
PAIRS = [
    ("ink", "ground"), ("ink", "card"), ("ink", "wash"), ("soft", "card"), ("soft", "ground"), ("green", "card"),
    ("green", "ground"), ("green", "wash"), ("on-green", "green"), ("ground", "warm"), ("alarm", "ground"),
    ("alarm", "card"), ("ground", "alarm"), ("warm", "warm-wash"), ("alarm", "alarm-wash"), ("ink", "warm-wash"),
    ("ink", "alarm-wash"), ("soft", "wash"), ("on-side", "side"), ("on-side", "side-on"),
]  # fmt: skip


def colours(mode: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light if mode == "light" else dark))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_every_text_can_be_read(mode, front, back):
    lighter, darker = sorted((luminance(colours(mode)[name]) for name in (front, back)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("back", ["card", "ground"])
def test_the_edge_of_every_field_can_be_seen(mode, back):
    """WCAG 2.2, 1.4.11: three to one."""
    lighter, darker = sorted((luminance(colours(mode)[name]) for name in ("line", back)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def test_no_template_has_script_or_style_inside():
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:", re.IGNORECASE)
    found = [str(path) for path in INTERFACES.rglob("*.html") if inline.search(path.read_text())]
    assert found == []


def test_nothing_is_fetched_from_elsewhere():
    texts = [path.read_text() for suffix in ("*.html", "*.css") for path in INTERFACES.rglob(suffix)]
    assert not [text for text in texts if re.search(r"(src|href)=\"(https?:)?//|url\(\s*[\"']?https?:", text)]
