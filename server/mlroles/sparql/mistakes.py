"""Mistakes that people make in SPARQL, each told by the tokens around it: one row, one mistake."""

from mlroles.sparql.mistake import Mistake
from mlroles.sparql.tokens import Kind
from mlroles.sparql.words import AGGREGATES, FUNCTIONS

_CALLED = "|".join(sorted({*FUNCTIONS, *AGGREGATES, "COUNT", "GROUP_CONCAT"}))
_CLAUSE = "GROUP|HAVING|ORDER|LIMIT|OFFSET"
_TERMS = frozenset({Kind.IRI, Kind.NAME, Kind.VARIABLE, Kind.BLANK})
_LITERALS = frozenset({Kind.STRING, Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE})


_LEXICAL = (
    Mistake("“{at}” is not an operator of SPARQL.", "Write “=” for equality.", at="==+"),
    Mistake("“{at}” is not an operator of SPARQL.", "Write “&&”.", at="&"),
    Mistake(
        "A typographic quotation mark stands here.",
        'Write a straight one: ".',
        at="[\u201c-\u201f\u00ab\u00bb]",
    ),
    Mistake(
        "A typographic quotation mark stands here.",
        "Write a straight one: '.",
        at="[\u2018-\u201b\u00b4]",
    ),
    Mistake(
        "An invisible character stands here, such as a no-break space.",
        "Replace it by a plain space; it often comes with copied text.",
        at="[\u00a0\u2000-\u200f\u2028\u2029\u202f\u2060\u3000\ufeff]",
    ),
    Mistake(
        "The string that begins here is never closed.",
        "Close it with the same three quotation marks.",
        at="(\"{3}|'{3}).*",
        kinds=frozenset({Kind.ERROR}),
    ),
    Mistake(
        "The string that begins here is not closed on its line.",
        "Close it with the same quotation mark; a string over several lines takes three.",
        at="[\"'].*",
        kinds=frozenset({Kind.ERROR}),
    ),
)

_PROLOGUE = (
    Mistake(
        "“{at}” is Turtle; SPARQL declares prefixes otherwise.",
        "Write PREFIX ex: <http://example.org/>, without “@” and without a full stop.",
        at="@prefix|@base",
    ),
    Mistake(
        "A prefix ends in a colon.",
        "Write PREFIX {at}: <…>.",
        before="PREFIX",
        kinds=frozenset({Kind.WORD}),
    ),
    Mistake(
        "A declared prefix ends in its colon; “{at}” goes on after it.",
        "Write PREFIX ex: <…>.",
        before="PREFIX",
        kinds=frozenset({Kind.NAME}),
    ),
    Mistake(
        "A declaration does not end in a full stop.",
        "Take the full stop away; it belongs to Turtle.",
        at=r"\.",
        awaits=frozenset({"PREFIX"}),
    ),
)

_SELECT = (
    Mistake(
        "Variables in a SELECT are not separated by commas.",
        "Write a space: SELECT ?a ?b.",
        at=",",
        awaits=frozenset({"VARIABLE", "("}),
        bars=frozenset({"STRING"}),
    ),
    Mistake(
        "A calculated column stands in parentheses and has a name.",
        "Write ({at}(…) AS ?name).",
        at=_CALLED,
        awaits=frozenset({"VARIABLE", "("}),
        bars=frozenset({"STRING", "FUNCTION"}),
    ),
    Mistake(
        "The expression has no name.",
        "Write AS and a new variable before the parenthesis closes: (… AS ?name).",
        at=r"\)",
        awaits=frozenset({"AS"}),
        bars=frozenset({")"}),
    ),
    Mistake(
        "A subquery stands in braces of its own.",
        "Write {{ SELECT … WHERE {{ … }} }}.",
        at="SELECT",
        awaits=frozenset({"}"}),
    ),
)

_PATTERNS = (
    Mistake(
        "An IRI stands in angle brackets.",
        "Write <{at}>.",
        at="https?://.*",
        kinds=frozenset({Kind.ERROR}),
    ),
    Mistake(
        'An IRI holds no white space, and none of < " {{ }} | ^ ` \\ .',
        "Write such characters as %20 and the like, and close the IRI with “>”.",
        at="<",
        awaits=frozenset({"IRI"}),
    ),
    Mistake(
        "The short form of rdf:type is a small “a”.", "Write a.", at="A", awaits=frozenset("a")
    ),
    Mistake(
        "A variable has its name right after the “{at}”.",
        "Write {at}name.",
        at=r"[?$]",
        awaits=frozenset({"VARIABLE"}),
    ),
    Mistake(
        "The braces of the pattern are missing after {before}.",
        "Write {before} {{ … }}.",
        before="WHERE|OPTIONAL|UNION|MINUS|EXISTS|CONSTRUCT",
        awaits=frozenset({"{"}),
    ),
    Mistake(
        "UNION joins two groups, each in braces.",
        "Write {{ … }} UNION {{ … }}.",
        at="UNION",
        awaits=frozenset({"}"}),
    ),
    Mistake(
        "{at} stands after the closing brace of the pattern.",
        "Close the pattern with “}}” first.",
        at=_CLAUSE,
        awaits=frozenset({"}"}),
        bars=frozenset({"$END"}),
    ),
    Mistake(
        "{at} stands too late, or twice.",
        "The order is WHERE, GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET, VALUES.",
        at=f"{_CLAUSE}|WHERE|FROM|VALUES",
        awaits=frozenset({"$END"}),
    ),
    Mistake(
        "A property is an IRI, a path or a variable; “{at}” is none.",
        "Swap it with the object, or leave it out.",
        kinds=_LITERALS | {Kind.BLANK},
        awaits=frozenset({"^", "a", "!"}),
        bars=frozenset({"STRING"}),
    ),
    Mistake(
        "Two triple patterns are not separated.",
        "Write a full stop before “{at}”.",
        kinds=_TERMS,
        awaits=frozenset({".", ";", "}"}),
        bars=frozenset({"VARIABLE"}),
    ),
    Mistake(
        "The triple pattern before “{at}” is not complete.",
        "A triple pattern has a subject, a property and an object.",
        at=r"[.}\];]",
        awaits=frozenset({"VARIABLE", "STRING", "BLANK"}),
        bars=frozenset({"}", "FUNCTION", "UNDEF"}),
    ),
    Mistake(
        "The triple pattern before “{at}” has neither property nor object.",
        "A triple pattern has a subject, a property and an object.",
        at=r"[.}]",
        awaits=frozenset({"a", "^"}),
        bars=frozenset({"STRING", "}"}),
    ),
)

_EXPRESSIONS = (
    Mistake(
        "“{at}” is not an operator of SPARQL.", "Write “&&”.", at="AND", awaits=frozenset({"&&"})
    ),
    Mistake(
        "“{at}” is not an operator of SPARQL.", "Write “||”.", at="OR", awaits=frozenset({"||"})
    ),
    Mistake(
        "NOT stands before IN and EXISTS only.",
        "Write “!” to negate an expression.",
        before="NOT",
        blames_before=True,
    ),
    Mistake(
        "“<>” is not an operator of SPARQL.",
        "Write “!=” for inequality.",
        at=">",
        before="<",
        blames_before=True,
    ),
    Mistake(
        "SPARQL has no LIKE.",
        'Write CONTAINS(?text, "part") or REGEX(?text, "pattern", "i").',
        at="I?LIKE",
    ),
    Mistake(
        "SPARQL has no {at}.",
        "Ask with BOUND(?variable) or COALESCE(?variable, default).",
        at="NULL|NONE|NIL",
    ),
    Mistake(
        "The condition of {before} stands in parentheses.",
        "Write {before} (…).",
        before="FILTER|HAVING",
    ),
    Mistake(
        "{before} takes a whole number of at least 0; “{at}” is none.",
        "Write {before} 10.",
        before="LIMIT|OFFSET",
    ),
    Mistake(
        "IN is followed by a list in parentheses.",
        "Write IN (…, …).",
        before="IN",
    ),
    Mistake("AS is followed by a new variable.", "Write AS ?name.", before="AS"),
    Mistake(
        "The string ended before “{at}”.",
        "Write a quotation mark inside a string as \\' or \\\", or use the other kind around it.",
        kinds=frozenset({Kind.WORD, Kind.NAME}),
        before="([\"']).*\\1",
        touches=True,
    ),
    Mistake(
        "A comma is missing before “{at}”.",
        "Arguments are separated by commas.",
        kinds=_TERMS | _LITERALS,
        awaits=frozenset({",", ")"}),
        bars=frozenset({";"}),
    ),
    Mistake("{before} is followed by BY.", "Write {before} BY.", before="ORDER|GROUP"),
)

_ENDS = (
    Mistake(
        "A query begins with a word that says what it is.",
        "Begin with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX.",
        awaits=frozenset({"SELECT", "PREFIX"}),
    ),
    Mistake(
        "A query does not end in “{at}”.",
        "Take it away.",
        at="[;.]",
        after="",
        awaits=frozenset({"$END"}),
    ),
    Mistake(
        "The query is over before “{at}”.",
        "One request holds one query; look for a brace that closes too early.",
        awaits=frozenset({"$END"}),
    ),
)

#: The first that fits counts.
MISTAKES = (*_LEXICAL, *_PROLOGUE, *_SELECT, *_PATTERNS, *_EXPRESSIONS)

#: These fit so much that a misspelt keyword is looked for first.
LAST_MISTAKES = _ENDS
