"""Documents need libraries and fonts of their own: a house that watches no State need not install them."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from amparo.common.errors import AmparoError

MISSING = (
    "Questionnaires, reports in Word, and PDFs in Arabic and Chinese need the extra `documents`: "
    "install amparo[documents]."
)
_FONTS = ("fontpkg_noto_sans_arabic", "manimgx_fonts_cjk")
_NEED_FONTS = ("ar", "zh")


def openpyxl() -> Any:
    """The library of spreadsheets. Raises `AmparoError` when the extra is not installed."""
    try:
        import openpyxl
    except ImportError:
        raise AmparoError(MISSING) from None
    return openpyxl


def docx() -> Any:
    """The library of Word's documents. Raises `AmparoError` when the extra is not installed."""
    try:
        import docx
    except ImportError:
        raise AmparoError(MISSING) from None
    return docx


def fonts(language: str) -> list[str]:
    """The folders of the fonts beyond Typst's own (Latin, Cyrillic). Raises `AmparoError` where one is needed."""
    found = [spec for name in _FONTS if (spec := find_spec(name))]
    if language.partition("-")[0] in _NEED_FONTS and len(found) < len(_FONTS):
        raise AmparoError(MISSING)
    return [str(Path(spec.origin).parent) for spec in found if spec.origin]
