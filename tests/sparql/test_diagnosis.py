"""What is said of wrong queries: each with the place between ⟦ and ⟧, what is wrong, what to do."""

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles.errors import QuerySyntaxError
from mlroles.sparql import Lines, diagnose, tokens
from mlroles.sparql.mistakes import LAST_MISTAKES, MISTAKES

WRONG = [
    ("SELECT ?s\nWHERE { ?s ?p ⟦}⟧", "The triple pattern before “}” is not complete.", "A triple pattern has a subject, a property and an object."),
    ("⟦SELCT⟧ * { ?s ?p ?o }", "“SELCT” is not a word of SPARQL.", "Did you mean SELECT?"),
    ("⟦⟧", "The query is empty.", "It begins with ASK, BASE, CONSTRUCT, DESCRIBE, PREFIX or SELECT."),
    ("SELECT * WHERE ⟦{⟧ ?s ?p ?o", "The “{” that opens here is never closed.", "Write its “}”."),
    ("SELECT * WHERE { ?s ?p ?o FILTER(?o > 3 ⟦}⟧", "“}” cannot stand here: the “(” of line 1, column 33 is still open.", "Close it first, with “)”."),
    ("SELECT * WHERE { ?s ?p ?o } ⟦}⟧", "“}” closes nothing.", "Take it away."),
    ("SELECT ?s⟦,⟧ ?p WHERE { ?s ?p ?o }", "Variables in a SELECT are not separated by commas.", "Write a space: SELECT ?a ?b."),
    ("SELECT ⟦COUNT⟧(?s) AS ?n WHERE { ?s ?p ?o }", "A calculated column stands in parentheses and has a name.", "Write (COUNT(…) AS ?name)."),
    ("SELECT (COUNT(?s)⟦)⟧ WHERE { ?s ?p ?o }", "The expression has no name.", "Write AS and a new variable before the parenthesis closes: (… AS ?name)."),
    ("SELECT * WHERE { ?s ?p ?o BIND(1+1⟦)⟧ }", "The expression has no name.", "Write AS and a new variable before the parenthesis closes: (… AS ?name)."),
    ("SELECT * WHERE { ?s ?p ?o FILTER(?o ⟦==⟧ 3) }", "“==” is not an operator of SPARQL.", "Write “=” for equality."),
    ("SELECT * WHERE { ?s ?p ?o FILTER(?o ⟦<⟧> 3) }", "“<>” is not an operator of SPARQL.", "Write “!=” for inequality."),
    ("SELECT * WHERE { ?s ?p ?o FILTER(?o > 3 ⟦AND⟧ ?o < 5) }", "“AND” is not an operator of SPARQL.", "Write “&&”."),
    ("SELECT * WHERE { ?s ?p ⟦“⟧x” }", "A typographic quotation mark stands here.", 'Write a straight one: ".'),
    ('SELECT * WHERE { ?s ?p ⟦"x }⟧', "The string that begins here is not closed on its line.", "Close it with the same quotation mark; a string over several lines takes three."),
    ('SELECT * WHERE { ?s ?p ⟦"""x }⟧', "The string that begins here is never closed.", "Close it with the same three quotation marks."),
    ("SELECT * WHERE { ?s ?p ?o ⟦?s2⟧ ?p2 ?o2 }", "Two triple patterns are not separated.", "Write a full stop before “?s2”."),
    ("SELECT * WHERE { ?s ?p ?o . ?s ?q ⟦}⟧", "The triple pattern before “}” is not complete.", "A triple pattern has a subject, a property and an object."),
    ("SELECT * WHERE { ?s ?p ?o . ?s ⟦}⟧", "The triple pattern before “}” has neither property nor object.", "A triple pattern has a subject, a property and an object."),
    ("SELECT * WHERE ⟦?s⟧ ?p ?o", "The braces of the pattern are missing after WHERE.", "Write WHERE { … }."),
    ("SELECT * WHERE { ?s ?p ?o OPTIONAL ⟦?s⟧ ?q ?r }", "The braces of the pattern are missing after OPTIONAL.", "Write OPTIONAL { … }."),
    ("SELECT * WHERE { ?s ?p ?o ⟦UNION⟧ { ?s ?q ?r } }", "UNION joins two groups, each in braces.", "Write { … } UNION { … }."),
    ("SELECT * WHERE { ?s ⟦A⟧ ?o }", "The short form of rdf:type is a small “a”.", "Write a."),
    ("SELECT * WHERE { ?s ⟦http://example.org/p⟧ ?o }", "An IRI stands in angle brackets.", "Write <http://example.org/p>."),
    ("PREFIX ⟦foaf⟧ <http://x/> SELECT * { ?s foaf:n ?o }", "A prefix ends in a colon.", "Write PREFIX foaf: <…>."),
    ("PREFIX foaf: ⟦http://x/⟧ SELECT * { ?s foaf:n ?o }", "An IRI stands in angle brackets.", "Write <http://x/>."),
    ("⟦@prefix⟧ foaf: <http://x/> . SELECT * { ?s foaf:n ?o }", "“@prefix” is Turtle; SPARQL declares prefixes otherwise.", "Write PREFIX ex: <http://example.org/>, without “@” and without a full stop."),
    ("PREFIX foaf: <http://x/> ⟦.⟧ SELECT * { ?s foaf:n ?o }", "A declaration does not end in a full stop.", "Take the full stop away; it belongs to Turtle."),
    ("SELECT * { ?s ?p ?o } LIMIT ⟦ten⟧", "LIMIT takes a whole number of at least 0; “ten” is none.", "Write LIMIT 10."),
    ("SELECT * { ?s ?p ?o } LIMIT ⟦-5⟧", "LIMIT takes a whole number of at least 0; “-5” is none.", "Write LIMIT 10."),
    ("SELECT * { ?s ?p ?o } LIMIT 5 ⟦ORDER⟧ BY ?s", "ORDER stands too late, or twice.", "The order is WHERE, GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET, VALUES."),
    ("SELECT * { ?s ?p ?o } ORDER ⟦?s⟧", "ORDER is followed by BY.", "Write ORDER BY."),
    ("SELECT * { ?s ?p ?o ⟦ORDER⟧ BY ?s }", "ORDER stands after the closing brace of the pattern.", "Close the pattern with “}” first."),
    ("SELECT * { ?s ?p ?o } ⟦;⟧", "A query does not end in “;”.", "Take it away."),
    ("SELECT * { ?s ?p ?o FILTER ⟦?o⟧ > 3 }", "The condition of FILTER stands in parentheses.", "Write FILTER (…)."),
    ('SELECT * { ?s ?p ?o FILTER(?o ⟦LIKE⟧ "a%") }', "SPARQL has no LIKE.", 'Write CONTAINS(?text, "part") or REGEX(?text, "pattern", "i").'),
    ("SELECT * { ?s ?p ?o FILTER(?o = ⟦NULL⟧) }", "SPARQL has no NULL.", "Ask with BOUND(?variable) or COALESCE(?variable, default)."),
    ("SELECT * { ?s ?p ?o FILTER(⟦NOT⟧ ?o) }", "NOT stands before IN and EXISTS only.", "Write “!” to negate an expression."),
    ('SELECT * { ?s ?p ?o FILTER(⟦CONTAIN⟧(?o, "x")) }', "“CONTAIN” is not a word of SPARQL.", "Did you mean CONTAINS or COUNT?"),
    ("SELECT * { ?s ?p ?o ⟦FILTR⟧(?o > 3) }", "“FILTR” is not a word of SPARQL.", "Did you mean FILTER?"),
    ('SELECT * { ?s ⟦"name"⟧ ?o }', 'A property is an IRI, a path or a variable; “"name"” is none.', "Swap it with the object, or leave it out."),
    ("SELECT * { ?s ?p ?o . ⟦SELECT⟧ ?x { ?x ?y ?z } }", "A subquery stands in braces of its own.", "Write { SELECT … WHERE { … } }."),
    ("SELECT ⟦?⟧ { ?s ?p ?o }", "A variable has its name right after the “?”.", "Write ?name."),
    ("SELECT ⟦{⟧ ?s ?p ?o }", "“{” cannot stand here.", "Expected here: DISTINCT, REDUCED, a variable, “(” or “*”."),
    ("SELECT DISTINCT ⟦WHERE⟧ { ?s ?p ?o }", "“WHERE” cannot stand here.", "Expected here: a variable, “(” or “*”."),
    ("SELECT * WHERE { ?s ?p ?o } GROUP BY⟦⟧", "The query ends too early.", "Still missing is a variable or an expression."),
    ("CONSTRUCT ⟦?s⟧ ?p ?o WHERE { ?s ?p ?o }", "The braces of the pattern are missing after CONSTRUCT.", "Write CONSTRUCT { … }."),
    ("ASK⟦⟧", "The query ends too early.", "Still missing is FROM, WHERE or “{”."),
    ("DESCRIBE⟦⟧", "The query ends too early.", "Still missing is a variable or an IRI or “*”."),
    ("SELECT * { ?s ?p ?o } ⟦{⟧ ?x ?y ?z }", "The query is over before “{”.", "One request holds one query; look for a brace that closes too early."),
    ("SELECT * { ?s ?p ?o FILTER(?o ⟦&⟧ 3) }", "“&” is not an operator of SPARQL.", "Write “&&”."),
    ("SELECT * { ?s⟦\u00a0⟧?p ?o }", "An invisible character stands here, such as a no-break space.", "Replace it by a plain space; it often comes with copied text."),
    ("SELECT * { VALUES ?x { ⟦?y⟧ } }", "“?y” cannot stand here.", "Expected here: a term, UNDEF or “}”."),
    ("SELECT * { VALUES ?x ⟦(⟧1 2) }", "“(” cannot stand here.", "Expected here: “{”."),
    ("SELECT * { ?s ?p ⟦<⟧a b> }", 'An IRI holds no white space, and none of < " { } | ^ ` \\ .', "Write such characters as %20 and the like, and close the IRI with “>”."),
    ("SELECT * { ?s ?p ?o FILTER(?o IN ⟦1⟧, 2) }", "IN is followed by a list in parentheses.", "Write IN (…, …)."),
    ("SELECT * { GRAPH ⟦{⟧ ?s ?p ?o } }", "“{” cannot stand here.", "Expected here: a variable or an IRI."),
    ("SELECT * { ?s ?p [ ?q ⟦]⟧ }", "The triple pattern before “]” is not complete.", "A triple pattern has a subject, a property and an object."),
    ("SELECT * { ?s ?p ( 1 2 ⟦}⟧", "“}” cannot stand here: the “(” of line 1, column 18 is still open.", "Close it first, with “)”."),
    ("SELECT * { ?s ⟦qqq:bar⟧ ?o }", "The prefix “qqq:” is not declared.", "Declare it: PREFIX qqq: <…> before the query."),
    ("SELECT * { ?s ?p ?o;; ?q ?r, ⟦}⟧", "The triple pattern before “}” is not complete.", "A triple pattern has a subject, a property and an object."),
    ("⟦hello⟧ world", "A query begins with a word that says what it is.", "Begin with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX."),
    ("SELECT * { BIND(?x AS ⟦3⟧) }", "AS is followed by a new variable.", "Write AS ?name."),
    ("SELECT * { ?s ?p 'it'⟦s⟧' }", "The string ended before “s”.", "Write a quotation mark inside a string as \\' or \\\", or use the other kind around it."),
    ('SELECT * { ?s ?p ?o FILTER(regex(?o, "a" ⟦"i"⟧)) }', 'A comma is missing before “"i"”.', "Arguments are separated by commas."),
    ("SELECT (?x ⟦?y⟧) { ?x ?y ?z }", "“?y” cannot stand here.", "Expected here: an operator or AS."),
    ("SELECT * { ?s ?p ?o FILTER(1 = ⟦)⟧ }", "“)” cannot stand here.", "Expected here: an expression."),
    ("SELECT * { ?s ?p ?o } HAVING ⟦?x⟧ > 1", "The condition of HAVING stands in parentheses.", "Write HAVING (…)."),
    ("SELECT ?s { ?s ⟦<rel>⟧ ?o }", "The IRI <rel> is relative, and the query has no absolute base.", "Write the whole IRI, or declare BASE <…> before the query."),
    ("SELECT ⟦?s⟧ (COUNT(?o) AS ?n) { ?s ?p ?o }", "?s is neither grouped nor inside an aggregate.", "Add ?s to GROUP BY, or write SAMPLE(?s)."),
    ("SELECT ⟦*⟧ { ?s ?p ?o } GROUP BY ?s", "SELECT * cannot stand with GROUP BY or an aggregate.", "Name the grouped variables and the aggregates after SELECT."),
    ("SELECT (1 AS ?a) (2 AS ⟦?a⟧) {}", "?a is selected twice.", "Leave one out, or rename it."),
    ("SELECT (1 AS ⟦?s⟧) { ?s ?p ?o }", "?s is bound in the pattern already; AS needs a new variable.", "Write AS ?s_2, or another name."),
    ("SELECT * { ?s ?p ?o BIND(1 AS ⟦?o⟧) }", "?o is bound before this BIND in the same group.", "BIND needs a new variable; to compare, use FILTER."),
    ("SELECT * { ?s ?p ?o FILTER(⟦COUNT(?o)⟧>1) }", "An aggregate cannot stand inside the pattern.", "Move the condition to HAVING, or put the aggregate into a subquery."),
    ("SELECT * { _:a ?p ?o OPTIONAL { ⟦_:a⟧ ?q ?r } }", "The blank node _:a is used in two patterns.", "A blank node's label is of one pattern only; use a variable."),
    ("SELECT * { VALUES (?a ?b) { ⟦(1)⟧ } }", "This row of VALUES has 1 of 2 values.", "Give each variable a value, or UNDEF."),
    ("SELECT (⟦?o⟧ AS ?x) { ?s ?p ?o } GROUP BY ?s", "?o is neither grouped nor inside an aggregate.", "Add ?o to GROUP BY, or write SAMPLE(?o)."),
    ("SELECT ?a ⟦?a⟧ { ?a ?p ?o }", "?a is selected twice.", "Leave one out, or rename it."),
    ("SELECT ⟦*⟧ { ?s ?p ?o } ORDER BY COUNT(?s)", "SELECT * cannot stand with GROUP BY or an aggregate.", "Name the grouped variables and the aggregates after SELECT."),
    ("SELECT * { ?s ?p 'x'⟦@⟧ }", "“@” cannot stand here.", "Expected here: a clause such as FILTER or OPTIONAL, a language tag, “,”, “.”, “;”, “^^” or “}”."),
    ("SELECT * { ?s ?p 'a⟦\\q⟧' }", "“\\q” is not an escape sequence.", "Write \\\\ for a backslash; known are \\t \\b \\n \\r \\f \\\" \\' \\\\ \\uXXXX \\UXXXXXXXX."),
    ("BASE ⟦<rel>⟧ SELECT * {}", "The IRI <rel> is relative, and the query has no absolute base.", "Write the whole IRI, or declare BASE <…> before the query."),
    ("PREFIX a: ⟦<rel>⟧ SELECT * {}", "The IRI <rel> is relative, and the query has no absolute base.", "Write the whole IRI, or declare BASE <…> before the query."),
    ("⟦\\⟧u0053ELECT * {}", "A query begins with a word that says what it is.", "Begin with SELECT, ASK, CONSTRUCT or DESCRIBE, after any PREFIX."),
    ("SELECT * {?s ?p ⟦<http://[x>⟧}", "<http://[x> is not an IRI.", "Write other characters as %20 and the like."),
    ("SELECT * {?s ?p 'x'^^⟦ex⟧}", "“ex” cannot stand here.", "Expected here: an IRI."),
    ("SELECT * { ?s ?p ?o . FILTER(⟦<http://x/unk>⟧(?o)) }", "There is no function <http://x/unk> here.", "Use SPARQL's own functions, and the casts of XML Schema such as xsd:integer(…)."),
    ("SELECT * { ?s ?p 'x'⟦@toolonglanguage-x⟧}", "“@toolonglanguage-x” is not a language tag.", "Each part of one has at most eight characters: @en, @de-CH."),
    ("SELECT * {} LIMIT ⟦99999999999999999999⟧", "99999999999999999999 is too large.", "At most 18446744073709551615 can be given."),
    ("SELECT * { {SELECT (1 AS ?x) {}} BIND(2 AS ⟦?x⟧) }", "?x is bound before this BIND in the same group.", "BIND needs a new variable; to compare, use FILTER."),
    ("SELECT ?x { ?x ?p 1.⟦e⟧ }", "“e” cannot stand here.", "Expected here: a variable or a term, a clause such as FILTER or OPTIONAL or “}”."),
    ("CONSTRUCT WHERE { ?s ?p ?o ⟦FILTER⟧(1)}", "“FILTER” cannot stand here.", "Expected here: “,”, “.”, “;” or “}”."),
    ("SELECT ?s { ?s ⟦skos:prefLabel⟧ ?o }", "The prefix “skos:” is not declared.", "Add PREFIX skos: <http://www.w3.org/2004/02/skos/core#> before the query."),
    ("PREFIX sko: <http://x/> SELECT ?s { ?s ⟦skoo:prefLabel⟧ ?o }", "The prefix “skoo:” is not declared.", "Did you mean sko:? If not, declare it: PREFIX skoo: <…> before the query."),
    ("SELECT * { ?s ?p ?o FILTER(⟦SUBSTR⟧(?o) = 'x') }", "SUBSTR takes 2 to 3 arguments and is given 1.", "Write SUBSTR with 2 to 3 in its parentheses."),
    ("SELECT * { ?s ?p 'a\\\\b⟦\\q⟧' }", "“\\q” is not an escape sequence.", "Write \\\\ for a backslash; known are \\t \\b \\n \\r \\f \\\" \\' \\\\ \\uXXXX \\UXXXXXXXX."),
    ("SELECT ⟦?s⟧ (GROUP_CONCAT(?o; SEPARATOR=',') AS ?x) WHERE { ?s ?p ?o } GROUP BY ?p", "?s is neither grouped nor inside an aggregate.", "Add ?s to GROUP BY, or write SAMPLE(?s)."),
    ("SELECT * { ⟦<http://x/%zz>⟧ ?p ?o }", "<http://x/%zz> is not an IRI.", "Write other characters as %20 and the like."),
    ("SELECT (STR(⟦?o⟧) AS ?x) (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY (STR(?o))", "?o is neither grouped nor inside an aggregate.", "Add ?o to GROUP BY, or write SAMPLE(?o)."),
    ("SELECT * { {SELECT ?s ⟦?s⟧ {?s ?p ?o}} }", "?s is selected twice.", "Leave one out, or rename it."),
    ("SELECT *\r\n{\r\n  ?s ?p ?o .\r\n  ?s ⟦qqq:bar⟧ ?o }", "The prefix “qqq:” is not declared.", "Declare it: PREFIX qqq: <…> before the query."),
    ("# é 𝄞\nSELECT * { ?s ?p 'é𝄞' ⟦?x⟧ }", "Two triple patterns are not separated.", "Write a full stop before “?x”."),
    ("SELECT * { ?s ?p ?o } ⟦WHERE⟧ { ?s ?p ?o }", "WHERE stands too late, or twice.", "The order is WHERE, GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET, VALUES."),
    ("SELECT * { ?s ?p ⟦\u2018⟧x\u2019 }", "A typographic quotation mark stands here.", "Write a straight one: '."),
    ("SELECT * { ?s ?p ?o } ORDER BY DESC ⟦?s⟧", "“?s” cannot stand here.", "Expected here: “(”."),
    ("SELECT * { ?s ?p ?o FILTER(?a = 1 ⟦OR⟧ ?b = 2) }", "“OR” is not an operator of SPARQL.", "Write “||”."),
    ("PREFIX ⟦ex:a⟧ <http://x/> SELECT * {}", "A declared prefix ends in its colon; “ex:a” goes on after it.", "Write PREFIX ex: <…>."),
    ("SELECT * { ?s ?p ?o MINUS ⟦?s⟧ ?q ?r }", "The braces of the pattern are missing after MINUS.", "Write MINUS { … }."),
    ("SELECT ?s ⟦?p⟧ { ?s ?p ?o } GROUP BY ?s", "?p is neither grouped nor inside an aggregate.", "Add ?p to GROUP BY, or write SAMPLE(?p)."),
    ("SELECT (⟦?n⟧ + 1 AS ?m) (COUNT(?x) AS ?n) { ?x ?p ?o }", "?n is neither grouped nor inside an aggregate.", "Add ?n to GROUP BY, or write SAMPLE(?n)."),
    ("SELECT * { ?s ?p ?o FILTER(?o IN (1 ⟦2⟧)) }", "A comma is missing before “2”.", "Arguments are separated by commas."),
    ("SELECT * { ?s ?p ?o OPTIONAL { ?o ?q ?r } BIND(?r AS ⟦?r⟧) }", "?r is bound before this BIND in the same group.", "BIND needs a new variable; to compare, use FILTER."),
    ("SELECT * { ?s ?p [ ?q ?r ⟦}⟧", "“}” cannot stand here: the “[” of line 1, column 18 is still open.", "Close it first, with “]”."),
    ("SELECT * { ?s ?p ?o ⟦)⟧ }", "“)” closes nothing.", "Take it away."),
    ("ASK { ?s ?p ?o FILTER(⟦IF⟧(?o, 1)) }", "IF takes 3 arguments and is given 2.", "Write IF with 3 in its parentheses."),
    ("SELECT (COUNT(?s) AS ⟦n⟧) { ?s ?p ?o }", "AS is followed by a new variable.", "Write AS ?name."),
    ("SELECT * { 5 ?p ?o . ?s ⟦5⟧ ?o }", "A property is an IRI, a path or a variable; “5” is none.", "Swap it with the object, or leave it out."),
    ("SELECT ?s FROM ⟦{⟧ ?s ?p ?o }", "“{” cannot stand here.", "Expected here: an IRI or NAMED."),
    ("DESCRIBE ⟦ex:x⟧", "The prefix “ex:” is not declared.", "Declare it: PREFIX ex: <…> before the query."),
]  # fmt: skip


def _rejected(text: str) -> QuerySyntaxError:
    """Return the diagnosis of a query with the message that the engine really gives."""
    with pytest.raises((SyntaxError, RuntimeError)) as caught:
        ox.Store().query(text)
    return diagnose(text, str(caught.value))


@pytest.mark.parametrize(("marked", "detail", "hint"), WRONG)
def test_a_wrong_query_is_told_its_place_its_fault_and_its_cure(
    marked: str, detail: str, hint: str
) -> None:
    before, _, rest = marked.partition("⟦")
    offending, _, after = rest.partition("⟧")
    error = _rejected(before + offending + after)
    assert (error.line, error.column) == Lines(before + offending + after).place(len(before))
    assert error.offending == offending
    assert error.detail == detail
    assert error.hint == hint


def test_every_known_mistake_is_made_in_the_table() -> None:
    told = " ".join(detail for _, detail, _ in WRONG)
    constant = re.compile(r"\{\w+\}")
    for mistake in (*MISTAKES, *LAST_MISTAKES):
        assert max(constant.split(mistake.detail), key=len).format() in told


def test_what_only_sparql_1_2_knows_is_left_to_the_engine() -> None:
    error = _rejected("SELECT * { << ?s ?p ?o >> ?q }")
    assert error.detail.startswith("The engine rejects the query")
    assert error.line == 1


def test_a_long_offending_string_is_shown_in_part() -> None:
    error = _rejected("SELECT * { ?s ?p '" + "x" * 500)
    assert error.offending is not None
    assert len(error.offending) < 100


def test_the_place_is_right_after_a_deep_and_long_query() -> None:
    text = "SELECT * {" + "{" * 98 + "?s ?p ?o ." * 2000 + " ?s ?p " + "}" * 99
    error = _rejected(text)
    assert error.column == text.index("}") + 1


#: Tokens of a small query, to be dropped, doubled and swapped.
SOUND = [token.text for token in tokens(
    "PREFIX ex: <http://e/> SELECT DISTINCT ?s (COUNT(*) AS ?n) WHERE { ?s a ex:T ; ex:p/ex:q* 'x'@en ."
    ' OPTIONAL { ?s ex:r [ ex:t ( 1 2 ) ] } FILTER(?s != ex:a && REGEX(STR(?s), "x") || ?s IN (1,2))'
    " BIND(IF(BOUND(?s), 1, 2.5) AS ?b) VALUES (?v ?w) { (UNDEF 1) } { SELECT ?y { ?y ?z _:b } } }"
    " GROUP BY ?s HAVING (COUNT(*) > 1) ORDER BY DESC(?n) ?s LIMIT 5 OFFSET 2"
)]  # fmt: skip
_PLACES = st.integers(0, len(SOUND) - 1)


@given(st.lists(st.tuples(_PLACES, _PLACES, st.booleans()), min_size=1, max_size=4))
def test_a_broken_query_is_always_explained_within_its_text(
    edits: list[tuple[int, int, bool]],
) -> None:
    words = list(SOUND)
    for target, source, replaced in edits:
        words[target : target + replaced] = [SOUND[source]] if source != target else []
    text = "\n".join(words)
    told = _diagnosis(text)
    if told is None:
        return
    assert told.detail
    assert told.hint
    assert told.line is not None
    assert 1 <= told.line <= len(words) + 1
    assert (told.offending or "").split("\n")[0] in text


def _diagnosis(text: str) -> QuerySyntaxError | None:
    try:
        ox.Store().query(text)
    except (SyntaxError, RuntimeError) as error:
        return diagnose(text, str(error))
    return None


@given(st.text(), st.text())
def test_any_text_and_any_message_make_an_error(text: str, message: str) -> None:
    error = diagnose(text, message)
    assert error.detail
    assert error.hint
    assert error.line is not None
    assert error.column is not None
