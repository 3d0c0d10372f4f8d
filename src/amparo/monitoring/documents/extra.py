"""Documents need libraries and fonts of their own: a house that watches no State need not install them."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from amparo.common.errors import AmparoError

MISSING = (
    "Questionnaires, reports in Word, and PDFs in Arabic and Chinese need the extra `documents`: "
    "install amparo[documents]."
)
# The letters that a language needs, and where they may be: a package's folder, or one of the operating system.
# Only files are read from them, and their bytes are pinned by the lock: nothing of a font's package is ever run.
_FONTS = {"ar": "fontpkg_noto_sans_arabic", "zh": "manimgx_fonts_cjk"}
_FILES = {"ar": "NotoSansArabic*", "zh": "NotoSansCJK*"}
DEBIAN = {"ar": Path("/usr/share/fonts/truetype/noto"), "zh": Path("/usr/share/fonts/opentype/noto")}


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
    """The folders of the fonts beyond Latin and Cyrillic. Raises `AmparoError` where one is needed and missing.

    What Debian packages (fonts-noto-core, fonts-noto-cjk) goes before what the extra brings.
    """
    found = {each: _folder(each) for each in _FONTS}
    if found.get(language.partition("-")[0], "") is None:
        raise AmparoError(MISSING)
    return [folder for folder in found.values() if folder]


def _folder(language: str) -> str | None:
    if any(DEBIAN[language].glob(_FILES[language])):
        return str(DEBIAN[language])
    spec = find_spec(_FONTS[language])
    return str(Path(spec.origin).parent) if spec and spec.origin else None
