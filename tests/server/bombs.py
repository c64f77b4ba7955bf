"""Queries that are meant to hurt."""

DEEP = 10_000
_PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"

#: Before, what opens, what closes, after: nested, or chained where nothing closes.
SHAPES = {
    "exists": ("ASK { ", "FILTER EXISTS { ", "} ", "}"),
    "not exists": ("ASK { ", "FILTER NOT EXISTS { ", "} ", "}"),
    "sub-select": ("ASK { ", "{ SELECT * { ", "} } ", "}"),
    "group": ("ASK { ", "{ ", "} ", "}"),
    "optional": ("ASK { ", "OPTIONAL { ", "} ", "}"),
    "minus": ("ASK { ", "MINUS { ", "} ", "}"),
    "graph": ("ASK { ", "GRAPH ?g { ", "} ", "}"),
    "blank node": ("ASK { ?s ?p ", "[ ?p ", "] ", "}"),
    "list": ("ASK { ?s ?p ", "( ", ") ", "}"),
    "parentheses": ("ASK { FILTER (", "( ", ") ", "true) }"),
    "function": ("ASK { BIND (", "STR( ", ") ", "AS ?x) }"),
    "path group": ("ASK { ?s ", "(<urn:p>/", ") ", "?o }"),
    "not": ("ASK { FILTER (", "! ", "", "true) }"),
    "union": ("ASK { { } ", "UNION { } ", "", "}"),
    "sum": ("ASK { FILTER (1 ", "+ 1 ", "", "> 0) }"),
    "or": ("ASK { FILTER (true ", "|| true ", "", ") }"),
    "path": ("ASK { ?s <urn:p>", "/<urn:p>", "", " ?o }"),
}


def nested(shape: str, depth: int) -> str:
    """Return a query of a shape, so deep."""
    before, opening, closing, after = SHAPES[shape]
    middle = {
        "parentheses": "true",
        "blank node": "1",
        "list": "1",
        "function": "1",
        "path group": "<urn:q>",
    }.get(shape, "")
    end = after.removeprefix("true") if shape == "parentheses" else after
    return f"{before}{opening * depth}{middle}{closing * depth}{end}"


#: What runs for ever, or wants all memory.
HEAVY = {
    "product": f"SELECT (COUNT(*) AS ?n) {{ {_PRODUCT} }}",
    "sorted product": f"SELECT * {{ {_PRODUCT} }} ORDER BY ?a ?f LIMIT 1",
    "distinct product": f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT * {{ {_PRODUCT} }} }} }}",
    "groups": f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {_PRODUCT} }} GROUP BY ?a ?d ?g",
    "long string": (
        'SELECT (STRLEN(GROUP_CONCAT(?x; separator="")) AS ?n) '
        f"{{ {_PRODUCT} BIND(CONCAT(STR(?a), STR(?d)) AS ?x) }}"
    ),
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (<urn:x>|!<urn:y>)* ?b . ?c (!<urn:z>)+ ?d }",
    "regex": (
        'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER REGEX(CONCAT(STR(?a), STR(?d)), "^(.*a.*)*$") }'
    ),
    "replace": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . "
        'FILTER (STRLEN(REPLACE(CONCAT(STR(?a), STR(?d)), "[a-z]*", "xxxxxxxx")) = 0) }'
    ),
}
