"""Writes the icons of the phone's home screen from the house's own mark: `python scripts/icons.py`."""

from pathlib import Path

import vl_convert

FOLDER = Path(__file__).resolve().parent.parent / "mentorkorps/web/static/img"
SIZES = (180, 192, 512)  # pixels; 180 is what iOS asks for
# Within the middle four fifths, so that a phone may cut the corners as it likes.
MARK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" fill="#0b4f5e"/>
<g transform="translate(10 16)" fill="#ffffff">
<rect x="0" y="1" width="7" height="14" rx="1"/><rect x="10.500" y="1" width="7" height="14" rx="1"/>
<rect x="21.800" y="1.800" width="5.400" height="12.400" rx="1" fill="none" stroke="#ffffff" stroke-width="1.600"
 stroke-dasharray="2.600 1.800"/></g></svg>"""


def main() -> None:
    for size in SIZES:
        (FOLDER / f"icon-{size}.png").write_bytes(vl_convert.svg_to_png(MARK, scale=size / 48, ppi=72))


if __name__ == "__main__":
    main()
