"""What is written into files that a spreadsheet may open."""

HIDDEN = "hidden"


def harmless(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
