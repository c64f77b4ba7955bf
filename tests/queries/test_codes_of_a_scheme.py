"""Codes of roles in one other vocabulary alone, as its alignment was made by hand."""

import pytest

from mlroles.store.oxigraph import OxigraphStore
from varying import Case

#: Role, code, the concept's own label where the file has one, and how well it matches.
Code = tuple[str, str, str, str]

EDSF: list[Code] = [
    ("role:applied-research-scientist", "DSP05", "", "skos:closeMatch"),
    ("role:data-analyst", "DSP08", "", "skos:closeMatch"),
    ("role:data-engineer", "DSP14", "", "skos:relatedMatch"),
    ("role:data-scientist", "DSP04", "data scientist", "skos:exactMatch"),
    ("role:ml-engineer", "DSP07", "", "skos:relatedMatch"),
    ("role:ml-solutions-architect", "DSP06", "", "skos:broadMatch"),
    ("role:research-engineer", "DSP07", "", "skos:relatedMatch"),
    ("role:research-scientist", "DSP05", "", "skos:closeMatch"),
]

SFIA: list[Code] = [
    ("role:applied-research-scientist", "DATS", "", "skos:relatedMatch"),
    ("role:applied-research-scientist", "RSCH", "", "skos:closeMatch"),
    ("role:data-analyst", "BINT", "", "skos:relatedMatch"),
    ("role:data-analyst", "DAAN", "", "skos:closeMatch"),
    ("role:data-engineer", "DENG", "", "skos:closeMatch"),
    ("role:data-scientist", "DATS", "", "skos:closeMatch"),
    ("role:ml-engineer", "MLNG", "", "skos:closeMatch"),
    ("role:ml-hardware-engineer", "HWDE", "", "skos:broadMatch"),
    ("role:ml-infrastructure-engineer", "HPCC", "", "skos:relatedMatch"),
    ("role:ml-infrastructure-engineer", "IFDN", "", "skos:relatedMatch"),
    ("role:ml-solutions-architect", "ARCH", "", "skos:broadMatch"),
    ("role:mlops-engineer", "DEPL", "", "skos:relatedMatch"),
    ("role:mlops-engineer", "RELM", "", "skos:relatedMatch"),
    ("role:product-manager", "PRMG", "", "skos:relatedMatch"),
    ("role:product-manager", "PROD", "", "skos:closeMatch"),
    ("role:product-owner", "PROD", "", "skos:closeMatch"),
    ("role:research-engineer", "PROG", "", "skos:relatedMatch"),
    ("role:research-engineer", "RSCH", "", "skos:relatedMatch"),
    ("role:research-scientist", "RSCH", "", "skos:closeMatch"),
]


@pytest.mark.parametrize(
    ("scheme", "place", "codes"),
    [("scheme:edsf-dsp", "edsf", EDSF), ("scheme:sfia", "sfia", SFIA)],
)
def test_the_codes_of_a_scheme_are_given_alone(
    full: OxigraphStore, scheme: str, place: str, codes: list[Code]
) -> None:
    concept = f"<https://w3id.org/mlroles/concept/{place}/"
    rows = [
        [role, scheme, code, label, match, f"{concept}{code}>"]
        for role, code, label, match in codes
    ]
    case = Case("codes-in-other-vocabularies", {"scheme": [scheme]}, rows)
    assert case.ask(full) == case.rows
