"""Two things taken for one: the checks that are told first, since much else follows from it."""

from mlroles import vocab
from mlroles.knowledge.reasoning.binding import is_about_schema
from mlroles.knowledge.reasoning.checks import MEMBERS, PAIR, UNNAMED, Check, check
from mlroles.knowledge.reasoning.rules import RULES, patterns

# Two names are of two things if somebody says so, if they are literals of two values, or if both
# are ours (or the property is) and nobody says that they are names of one thing: our names are
# unique, else a slip of the pen would merge two skills and everything said of them.
_OURS = f'STRSTARTS(STR(?{{}}), "{vocab.BASE}")'
_BOTH_OURS = f"{_OURS.format('y')} && {_OURS.format('z')}"
_UNSAID = "NOT EXISTS { ?y (term:said|^term:said)+ ?z }"
_NAMED = f"!({UNNAMED.format('y')}) && !({UNNAMED.format('z')})"


def _different(ours: str) -> str:
    return f"""
    OPTIONAL {{ ?y owl:differentFrom ?z BIND(true AS ?said1) }}
    OPTIONAL {{ ?z owl:differentFrom ?y BIND(true AS ?said2) }}
    OPTIONAL {{ ?all {MEMBERS} ?y . ?all {MEMBERS} ?z }}
    OPTIONAL {{ ?y term:value ?v . ?z term:value ?w . BIND(COALESCE(?v != ?w, true) AS ?apart) }}
    FILTER(BOUND(?said1) || BOUND(?said2) || BOUND(?all) || COALESCE(?apart, false)
        || ({_NAMED} && ({ours}) && {_UNSAID}))
    """


_SAME = ("?y", "owl:sameAs", "?z")
_ALSO = patterns("?all a owl:AllDifferent . ?y owl:differentFrom ?z . ?z owl:differentFrom ?y")
_SAME_HINT = "Remove what is wrong; if both are names of one thing, say so with owl:sameAs."


#: The rules by which two names are of one thing; what they say of data comes first when told.
_MERGING = {rule.name: rule for rule in RULES if rule.head == _SAME}


def _merge(name: str, sentence: str, ours: str = _BOTH_OURS) -> Check:
    rule = _MERGING[name]
    return Check(
        name,
        sentence,
        tuple(sorted(rule.body, key=is_about_schema)),
        f"{rule.where} FILTER(STR(?y) < STR(?z))",
        _different(ours),
        _ALSO,
        _SAME,
        ("y", "z"),
        _SAME_HINT,
    )


EQUALITY = (
    _merge(
        "prp-fp",
        "{x} has two different values of {p}, which is functional: {y} and {z}",
        f'STRSTARTS(STR(?p), "{vocab.MLR}") || ({_BOTH_OURS})',
    ),
    _merge(
        "prp-ifp",
        "{y} and {z} are different, but share {x} as their value of {p}, which is inverse"
        " functional",
    ),
    _merge(
        "cls-maxc2",
        "{x} has two different values of {p}, of which it may have one: {y} and {z}",
    ),
    _merge(
        "cls-maxqc3",
        "{x} has two different values of {p} in {d}, of which it may have one: {y} and {z}",
    ),
    _merge(
        "cls-maxqc4",
        "{x} has two different values of {p}, of which it may have one: {y} and {z}",
    ),
    check(
        "eq-diff1",
        "{x} and {y} are the same and are said to be different",
        "?x owl:differentFrom ?y . ?x owl:sameAs ?y",
        "FILTER(?x != ?y)",
    ),
    check(
        "eq-diff2",
        "{a} and {b} are the same and are said to be all different",
        "?a owl:sameAs ?b . ?d a owl:AllDifferent",
        PAIR,
        key=("a", "b"),
    ),
    check(
        "eq-diff2",
        "it follows that {y} and {z} are one thing, and nobody says so: our names are unique",
        "?y owl:sameAs ?z",
        f"FILTER(STR(?y) < STR(?z) && {_BOTH_OURS} && {_UNSAID})",
        key=("y", "z"),
        hint=_SAME_HINT,
    ),
)
