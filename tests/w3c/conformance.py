"""How many cases of the W3C's SPARQL 1.1 suite pass: ``python tests/w3c/conformance.py``.

Each is asked of a running server's ``POST /sparql``, over HTTP, and of the engine behind it without
what stands in front.
"""

import sys
from collections.abc import Iterator
from itertools import groupby

from askers import ask_endpoint, ask_engine
from cases import EXCLUDED, SUITE, Case, known_failures, read
from judging import passes


def table() -> Iterator[str]:
    """Yield the table in Markdown: a row for each folder of the suite, and one for the sum."""
    yield "| suite | cases | passed | Oxigraph alone | the reason for each failure |"
    yield "|---|--:|--:|--:|---|"
    rows = [_row(folder, list(cases)) for folder, cases in groupby(read(), _folder)]
    cases, passed, alone = (
        sum(numbers) for numbers in zip(*(row[1:4] for row in rows), strict=True)
    )
    for row in (*rows, ("**all**", cases, passed, alone, "")):
        yield f"| {' | '.join(str(cell) for cell in row)} |"


def _folder(case: Case) -> str:
    return case.name.partition("/")[0]


def _row(folder: str, cases: list[Case]) -> tuple[str, int, int, int, str]:
    known = known_failures()
    failed = [case for case in cases if not passes(case, ask_endpoint)]
    alone = sum(passes(case, ask_engine) for case in cases)
    reasons = (
        f"{case.name.partition('/')[2]}: {known.get(case.name, 'not known')}" for case in failed
    )
    return folder, len(cases), len(cases) - len(failed), alone, "; ".join(reasons)


if __name__ == "__main__":
    if not SUITE.is_dir():
        sys.exit(f"The W3C suite is not at ../{'/'.join(SUITE.parts[-4:])}.")
    print("\n".join(table()))  # noqa: T201 - what the command is for
    for left_out, reason in EXCLUDED.items():
        print(f"\nLeft out: {left_out}, which {reason}.")  # noqa: T201
