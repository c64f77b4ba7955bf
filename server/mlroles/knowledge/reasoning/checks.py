"""What must not hold: a pattern over the closed graph, and a sentence for any solution of it.

The tables are ``equality``, ``contradictions`` and ``malformed``. Their names of rules are those
of OWL 2 Profiles, section 4.3, where it has one.
"""

from dataclasses import dataclass

from mlroles.knowledge.reasoning.rules import Pattern, patterns


@dataclass(frozen=True)
class Check:
    """A clash: ``body`` holds, where ``where`` does, and ``sentence`` says so.

    The sentence names variables in braces. ``then`` is asked of each solution, where that is
    quicker; a solution it has none for is none. ``also`` are statements to cite if the solution
    binds their variables. ``merges`` is a conclusion that only a genuine cause comes before: what is
    found after it is its consequence. Of the solutions that agree in ``key`` one is told.
    """

    rule: str
    sentence: str
    body: tuple[Pattern, ...]
    where: str = ""
    then: str = ""
    also: tuple[Pattern, ...] = ()
    merges: Pattern | None = None
    key: tuple[str, ...] = ("x", "y")
    hint: str | None = None


def check(rule: str, sentence: str, body: str, where: str = "", **more: object) -> Check:
    """Return a check; the patterns of ``body`` are parted by full stops."""
    return Check(rule, sentence, patterns(body), where, **more)  # type: ignore[arg-type]


#: A pair of the members of ``?d``, as somebody listed them, each pair once.
MEMBERS = "(owl:members|owl:distinctMembers)/rdf:rest*/term:first"
PAIR = f"?d {MEMBERS} ?a . ?d {MEMBERS} ?b . FILTER(STR(?a) < STR(?b))"

#: Whether a variable's term is a blank node or a literal.
UNNAMED = 'STRSTARTS(STR(?{}), "urn:mlroles:")'
