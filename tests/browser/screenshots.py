"""Takes the README's pictures from a running server: ``python tests/browser/screenshots.py``."""

import sys
import tempfile
from pathlib import Path

_HERE = Path(__file__).resolve()
sys.path.insert(0, str(_HERE.parents[1]))

from chromium import launched  # noqa: E402 - beside this file
from serving import serving  # noqa: E402 - beside this folder

_PICTURES = _HERE.parents[2] / ".readme"
_QUERY = "/queries/closest-roles/results?role=data-analyst"
_WHY = "/explain?s=role:mlops-engineer&p=a&o=mlr:DualSkillRole"
#: File name to address.
_PAGES = {"home": "/", "role": "/role/ml-engineer", "query": _QUERY, "explanation": _WHY}


def take(address: str) -> None:
    """Take a picture of each page of the server at ``address``."""
    _PICTURES.mkdir(exist_ok=True)
    with launched() as browser:
        page = browser.new_page(viewport={"width": 1120, "height": 960})
        for name, path in _PAGES.items():
            page.goto(f"{address.rstrip('/')}{path}")
            page.screenshot(path=_PICTURES / f"{name}.png")


if __name__ == "__main__":
    with (
        tempfile.TemporaryDirectory() as place,
        serving(f"exec {sys.executable} -m mlroles serve", Path(place), {}) as server,
    ):
        take(server.address)
