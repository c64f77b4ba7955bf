"""Other values for the parameters give other rows, these too read off the article by hand."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest

from asking import ask, text_of
from mlroles import vocab
from mlroles.sparql import replace_values
from mlroles.store.oxigraph import OxigraphStore


class Case(NamedTuple):
    """A query, the values of its parameters, and the rows below the header."""

    query: str
    values: dict[str, Sequence[str]]
    rows: list[list[str]]


#: Of what is said of research scientist and research engineer alike.
PERHAPS = "perhaps only in teams that do not tell the two roles apart"

CONCEPT = "<https://w3id.org/mlroles/concept/"

CASES = [
    Case(
        "roles-needing-a-skill",
        {"skill": ["skill:statistics"]},
        [
            ["role:applied-research-scientist", "", "", ""],
            ["role:data-scientist", "", "", ""],
            ["role:ml-engineer", "", "", ""],
            ["role:research-engineer", "", "", ""],
            ["role:research-scientist", "", "", ""],
        ],
    ),
    Case(
        "roles-needing-a-skill",
        {"skill": ["skill:ml-systems"]},
        [["role:ml-solutions-architect", "", "", ""], ["role:product-manager", "", "", ""]],
    ),
    # Whoever needs the whole, as the MLOps engineer does, need not need each part.
    Case(
        "roles-needing-a-skill",
        {"skill": ["skill:algorithms"]},
        [["role:ml-engineer", "", "", ""]],
    ),
    # Software engineering is engineering; the developer advocate is some engineer.
    Case(
        "roles-needing-a-skill",
        {"skill": ["skill:engineering"]},
        [
            ["role:developer-advocate", "", "", ""],
            ["role:ml-engineer", "", "", ""],
            ["role:mlops-engineer", "", "", ""],
            ["role:research-engineer", "", "", ""],
        ],
    ),
    Case(
        "roles-needing-a-skill-only-at-a-level",
        {"level": ["level:deep"]},
        [["role:applied-research-scientist"], ["role:research-scientist"]],
    ),
    Case(
        "roles-needing-a-skill-only-at-a-level",
        {"skill": ["skill:mathematics"], "level": ["level:deep"]},
        [
            ["role:applied-research-scientist"],
            ["role:data-scientist"],
            ["role:research-scientist"],
        ],
    ),
    # The prose asks the data engineer for minimal ML; the table names no level.
    Case("roles-needing-a-skill-only-at-a-level", {"level": ["level:minimal"]}, []),
    Case(
        "roles-fitting-my-skills",
        {"skill": ["skill:communication", "skill:leadership"]},
        [
            ["role:developer-advocate", "1", "1"],
            ["role:product-manager", "1", "5"],
            ["role:product-owner", "1", "5"],
        ],
    ),
    # Who uses ML in hardware knows hardware and ML to that extent. That the hardware engineer needs
    # ML, and the solutions architect too, only follows from the parts of it that they need.
    Case(
        "roles-fitting-my-skills",
        {"skill": ["skill:ml-in-hardware"]},
        [
            ["role:ml-hardware-engineer", "2", "0"],
            ["role:mlops-engineer", "1", "1"],
            ["role:research-scientist", "1", "2"],
            ["role:applied-research-scientist", "1", "3"],
            ["role:data-analyst", "1", "3"],
            ["role:data-engineer", "1", "4"],
            ["role:data-scientist", "1", "4"],
            ["role:research-engineer", "1", "4"],
            ["role:product-manager", "1", "5"],
            ["role:product-owner", "1", "5"],
            ["role:ml-engineer", "1", "6"],
        ],
    ),
    Case(
        "skills-missing-for-a-role",
        {"role": ["role:mlops-engineer"], "skill": ["skill:ml-in-hardware"]},
        [["skill:software-engineering"]],
    ),
    # Engineering is asked of the research engineer beside software engineering: it is no echo.
    Case(
        "skills-missing-for-a-role",
        {"role": ["role:research-engineer"], "skill": ["skill:statistics"]},
        [
            ["skill:engineering"],
            ["skill:machine-learning"],
            ["skill:mathematics"],
            ["skill:software-engineering"],
        ],
    ),
    # A part is the whole to that extent, and no other part.
    Case(
        "skills-missing-for-a-role",
        {"role": ["role:ml-engineer"], "skill": ["skill:algorithms", "skill:ml-systems"]},
        [
            ["skill:data-structures"],
            ["skill:mathematics"],
            ["skill:probability"],
            ["skill:statistics"],
        ],
    ),
    Case(
        "skills-missing-for-a-role",
        {
            "role": ["role:product-manager"],
            "skill": ["skill:leadership", "skill:project-management"],
        },
        [
            ["skill:machine-learning"],
            ["skill:ml-systems"],
            ["skill:product-management"],
            ["skill:subject-matter-expertise"],
        ],
    ),
    Case(
        "roles-without-a-skill",
        {"environment": ["env:research"], "skill": ["skill:software-engineering"]},
        [["role:applied-research-scientist"], ["role:research-scientist"]],
    ),
    Case(
        "closest-roles",
        {"role": ["role:mlops-engineer"]},
        [
            ["role:research-engineer", "3", "2"],
            ["role:ml-engineer", "3", "5"],
            ["role:developer-advocate", "1", "1"],
            ["role:ml-hardware-engineer", "1", "2"],
            ["role:research-scientist", "1", "2"],
            ["role:applied-research-scientist", "1", "3"],
            ["role:data-analyst", "1", "3"],
            ["role:data-engineer", "1", "4"],
            ["role:data-scientist", "1", "4"],
            ["role:ml-solutions-architect", "1", "4"],
            ["role:product-manager", "1", "5"],
            ["role:product-owner", "1", "5"],
        ],
    ),
    Case(
        "titles-of-a-role",
        {"role": ["role:data-scientist"]},
        [["Data scientist", ""], ["Research scientist", "org:lyft"]],
    ),
    Case(
        "titles-of-a-role",
        {"role": ["role:ml-infrastructure-engineer"]},
        [["ML infrastructure engineer", ""], ["ML platform engineer", ""]],
    ),
    Case(
        "two-roles-aspect-by-aspect",
        {"role": ["role:mlops-engineer"], "other": ["role:ml-engineer"]},
        [
            [
                "aspect:mlops-engineer-ml-engineer-focus",
                "origin:prose",
                "the system, and what automates the deployment of that code",
                "",
                "the code that runs predictions",
                "",
            ]
        ],
    ),
    Case(
        "two-roles-aspect-by-aspect",
        {"role": ["role:data-analyst"], "other": ["role:ml-engineer"]},
        [],
    ),
    Case(
        "roles-compared-with",
        {"role": ["role:data-scientist"]},
        [
            ["role:data-analyst", "comparison:data-scientist-data-analyst"],
            ["role:ml-engineer", "comparison:ml-engineer-data-scientist"],
        ],
    ),
    Case(
        "titles-at-an-organisation",
        {"role": ["role:data-analyst"]},
        [["role:data-scientist", "role:data-analyst"]],
    ),
    Case(
        "codes-in-other-vocabularies",
        {"scheme": ["scheme:edsf-dsp"]},
        [
            [
                "role:applied-research-scientist",
                "scheme:edsf-dsp",
                "DSP05",
                "",
                "skos:closeMatch",
                f"{CONCEPT}edsf/DSP05>",
            ],
            [
                "role:data-analyst",
                "scheme:edsf-dsp",
                "DSP08",
                "",
                "skos:closeMatch",
                f"{CONCEPT}edsf/DSP08>",
            ],
            [
                "role:data-engineer",
                "scheme:edsf-dsp",
                "DSP14",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}edsf/DSP14>",
            ],
            [
                "role:data-scientist",
                "scheme:edsf-dsp",
                "DSP04",
                "data scientist",
                "skos:exactMatch",
                f"{CONCEPT}edsf/DSP04>",
            ],
            [
                "role:ml-engineer",
                "scheme:edsf-dsp",
                "DSP07",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}edsf/DSP07>",
            ],
            [
                "role:ml-solutions-architect",
                "scheme:edsf-dsp",
                "DSP06",
                "",
                "skos:broadMatch",
                f"{CONCEPT}edsf/DSP06>",
            ],
            [
                "role:research-engineer",
                "scheme:edsf-dsp",
                "DSP07",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}edsf/DSP07>",
            ],
            [
                "role:research-scientist",
                "scheme:edsf-dsp",
                "DSP05",
                "",
                "skos:closeMatch",
                f"{CONCEPT}edsf/DSP05>",
            ],
        ],
    ),
    Case(
        "codes-in-other-vocabularies",
        {"scheme": ["scheme:sfia"]},
        [
            [
                "role:applied-research-scientist",
                "scheme:sfia",
                "DATS",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}sfia/DATS>",
            ],
            [
                "role:applied-research-scientist",
                "scheme:sfia",
                "RSCH",
                "",
                "skos:closeMatch",
                f"{CONCEPT}sfia/RSCH>",
            ],
            [
                "role:data-analyst",
                "scheme:sfia",
                "BINT",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}sfia/BINT>",
            ],
            [
                "role:data-analyst",
                "scheme:sfia",
                "DAAN",
                "",
                "skos:closeMatch",
                f"{CONCEPT}sfia/DAAN>",
            ],
            [
                "role:data-engineer",
                "scheme:sfia",
                "DENG",
                "",
                "skos:closeMatch",
                f"{CONCEPT}sfia/DENG>",
            ],
            [
                "role:data-scientist",
                "scheme:sfia",
                "DATS",
                "",
                "skos:closeMatch",
                f"{CONCEPT}sfia/DATS>",
            ],
            [
                "role:ml-engineer",
                "scheme:sfia",
                "MLNG",
                "",
                "skos:closeMatch",
                f"{CONCEPT}sfia/MLNG>",
            ],
            [
                "role:ml-hardware-engineer",
                "scheme:sfia",
                "HWDE",
                "",
                "skos:broadMatch",
                f"{CONCEPT}sfia/HWDE>",
            ],
            [
                "role:ml-infrastructure-engineer",
                "scheme:sfia",
                "HPCC",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}sfia/HPCC>",
            ],
            [
                "role:ml-infrastructure-engineer",
                "scheme:sfia",
                "IFDN",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}sfia/IFDN>",
            ],
            [
                "role:ml-solutions-architect",
                "scheme:sfia",
                "ARCH",
                "",
                "skos:broadMatch",
                f"{CONCEPT}sfia/ARCH>",
            ],
            [
                "role:mlops-engineer",
                "scheme:sfia",
                "DEPL",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}sfia/DEPL>",
            ],
            [
                "role:mlops-engineer",
                "scheme:sfia",
                "RELM",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}sfia/RELM>",
            ],
            [
                "role:product-manager",
                "scheme:sfia",
                "PRMG",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}sfia/PRMG>",
            ],
            [
                "role:product-manager",
                "scheme:sfia",
                "PROD",
                "",
                "skos:closeMatch",
                f"{CONCEPT}sfia/PROD>",
            ],
            [
                "role:product-owner",
                "scheme:sfia",
                "PROD",
                "",
                "skos:closeMatch",
                f"{CONCEPT}sfia/PROD>",
            ],
            [
                "role:research-engineer",
                "scheme:sfia",
                "PROG",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}sfia/PROG>",
            ],
            [
                "role:research-engineer",
                "scheme:sfia",
                "RSCH",
                "",
                "skos:relatedMatch",
                f"{CONCEPT}sfia/RSCH>",
            ],
            [
                "role:research-scientist",
                "scheme:sfia",
                "RSCH",
                "",
                "skos:closeMatch",
                f"{CONCEPT}sfia/RSCH>",
            ],
        ],
    ),
    # The MLOps engineer may be covered for; that says nothing of the other way round.
    Case("who-may-cover-a-role", {"role": ["role:ml-engineer"]}, []),
    Case(
        "what-a-role-may-end-up-doing",
        {"role": ["role:mlops-engineer"]},
        [
            ["resp:automate-deployment", "is responsible", "", ""],
            ["resp:deploy-ml-systems", "is responsible", "", ""],
            ["resp:monitor-ml-systems", "is responsible", "", ""],
            ["resp:oversee-ml-systems", "is responsible", "", ""],
        ],
    ),
    # That a research scientist may advise is no fact.
    Case(
        "what-a-role-may-end-up-doing",
        {"role": ["role:research-scientist"]},
        [
            ["resp:generate-and-implement-ideas", "is responsible", PERHAPS, ""],
            ["resp:originate-ideas", "is responsible", "", ""],
            ["resp:advise-research-engineers", "may take on", "may", ""],
        ],
    ),
    Case(
        "who-does-it-and-who-may",
        {"responsibility": ["resp:advise-research-engineers"]},
        [["resp:advise-research-engineers", "role:research-scientist", "may take on", "may", ""]],
    ),
    # What only may be done covers nothing, unless the row says so.
    Case(
        "smallest-set-of-roles",
        {"responsibility": ["resp:advise-research-engineers"]},
        [["1", "role:research-scientist", "", "", "may take on"]],
    ),
    # The data analyst does both: beside it, any other could be left out.
    Case(
        "smallest-set-of-roles",
        {"responsibility": ["resp:extract-insights", "resp:drive-decisions"]},
        [["1", "role:data-analyst", "", "", "is responsible"]],
    ),
    Case(
        "smallest-set-of-roles",
        {"responsibility": ["resp:extract-insights", "resp:train-models", "resp:monitor-data"]},
        [
            ["3", "role:data-analyst", "role:data-engineer", "role:ml-engineer", "is responsible"],
            [
                "3",
                "role:data-engineer",
                "role:data-scientist",
                "role:ml-engineer",
                "is responsible",
            ],
        ],
    ),
    # The article names the second only to say who does not do it.
    Case(
        "who-does-it-and-who-may",
        {
            "responsibility": [
                "resp:generate-and-implement-ideas",
                "resp:implement-solutions-in-practice",
            ]
        },
        [
            ["resp:generate-and-implement-ideas", role, "is responsible", PERHAPS, ""]
            for role in ("role:research-engineer", "role:research-scientist")
        ],
    ),
    Case(
        "smallest-set-of-roles",
        {
            "responsibility": [
                "resp:build-data-pipelines",
                "resp:train-models",
                "resp:monitor-ml-systems",
            ]
        },
        [
            ["2", "role:data-engineer", "role:ml-engineer", "", "may take on"],
            [
                "3",
                "role:data-engineer",
                "role:ml-engineer",
                "role:mlops-engineer",
                "is responsible",
            ],
        ],
    ),
    Case(
        "whose-work-a-role-builds-on",
        {"role": ["role:mlops-engineer"]},
        [
            [
                "resp:automate-deployment",
                "role:ml-engineer",
                "What reaches production in this way is the ML engineer's prediction code; this role looks at the system and at what automates it.",
            ]
        ],
    ),
    Case(
        "roles-near-an-environment",
        {"environment": ["env:production"], "near": ["env:research"]},
        [],
    ),
    Case(
        "specialisations-of-a-skill",
        {"skill": ["skill:machine-learning"]},
        [
            ["skill:computer-vision", "role:ml-solutions-architect"],
            ["skill:ml-in-hardware", "role:ml-hardware-engineer"],
            ["skill:ml-systems", "role:ml-solutions-architect"],
            ["skill:ml-systems", "role:product-manager"],
            ["skill:natural-language-processing", "role:ml-solutions-architect"],
            ["skill:recommender-systems", "role:ml-solutions-architect"],
        ],
    ),
    Case(
        "sections-behind-a-statement",
        {"role": ["role:ml-engineer"], "responsibility": ["resp:write-prediction-code"]},
        [
            [
                "skill:machine-learning",
                "stmt:ml-engineer-requires-machine-learning-prose",
                "supports it",
                "",
                "section:ml-engineer",
                "origin:prose",
            ],
            [
                "skill:machine-learning",
                "stmt:ml-engineer-requires-machine-learning-comparison",
                "supports it",
                "must",
                "section:ml-engineer-vs-data-scientist",
                "origin:prose",
            ],
            [
                "skill:machine-learning",
                "stmt:ml-engineer-requires-machine-learning-table",
                "supports it",
                "",
                "section:skill-map",
                "origin:table",
            ],
            [
                "resp:write-prediction-code",
                "stmt:ml-engineer-responsible-write-prediction-code-prose",
                "supports it",
                "",
                "section:mlops-engineer-vs-ml-engineer",
                "origin:prose",
            ],
        ],
    ),
]


def _with_values(name: str, values: Mapping[str, Sequence[str]]) -> str:
    """Return the query's text with other values, given as prefixed names, for its parameters."""
    terms = {
        parameter: [f"<{_expanded(value)}>" for value in given]
        for parameter, given in values.items()
    }
    return replace_values(text_of(name), terms)


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return vocab.PREFIXES[prefix] + local


@pytest.mark.parametrize("case", CASES, ids=[f"{case.query}-{n}" for n, case in enumerate(CASES)])
def test_other_values_give_the_rows_read_off_the_article(full: OxigraphStore, case: Case) -> None:
    _, *rows = ask(full, _with_values(case.query, case.values))
    assert rows == case.rows
