"""Other values for the parameters give other rows, these too read off the article by hand."""

import pytest

from mlroles.store.oxigraph import OxigraphStore
from varying import Case

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
    # Engineering is asked of the research engineer; with the ML engineer it is shared as what
    # software engineering is.
    Case(
        "closest-roles",
        {"role": ["role:mlops-engineer"]},
        [
            ["role:research-engineer", "3", "2"],
            ["role:ml-engineer", "2", "5"],
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


@pytest.mark.parametrize("case", CASES, ids=[f"{case.query}-{n}" for n, case in enumerate(CASES)])
def test_other_values_give_the_rows_read_off_the_article(full: OxigraphStore, case: Case) -> None:
    assert case.ask(full) == case.rows
