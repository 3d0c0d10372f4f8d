"""Pet names and the formal names they stand for, from everyday usage in several languages (`nicknames.txt`)."""

from importlib.resources import files


def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for line in files(__package__).joinpath("nicknames.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        names, pets = (side.split() for side in line.split(" = "))
        for each in [*names, *pets]:
            found.setdefault(each, set()).add(names[0])
    return {each: tuple(sorted(names)) for each, names in found.items()}


PETS = _table()
