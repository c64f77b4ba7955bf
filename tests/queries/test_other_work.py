"""Work asked for by other responsibilities and roles: the rows too are read off the article."""

import pytest

from mlroles.store.oxigraph import OxigraphStore
from varying import Case

#: Of what is said of research scientist and research engineer alike.
PERHAPS = "perhaps only in teams that do not tell the two roles apart"

CASES = [
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
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.query}-{n}" for n, case in enumerate(CASES)])
def test_other_work_gives_the_rows_read_off_the_article(full: OxigraphStore, case: Case) -> None:
    assert case.ask(full) == case.rows
