"""The names of the things that have IRIs of ours, to tell which is near to a wrong one."""

from contextlib import closing

from mlroles.engine.interface import Engine
from mlroles.rows import read_solutions
from mlroles.store import QueryRequest
from mlroles.terms import Iri
from mlroles.vocab import BASE

_MOST = 5_000  # names; to compare with more would take long
_SIZE = 4 << 20
_TEXT = f"""SELECT DISTINCT ?it WHERE {{
  ?it ?property ?value FILTER (ISIRI(?it) && STRSTARTS(STR(?it), "{BASE}"))
}} LIMIT {_MOST}"""


def gather(engine: Engine) -> tuple[str, ...]:
    """Return what follows our base in each IRI, sorted. Raises what the engine raises."""
    with closing(engine.run(QueryRequest(_TEXT, "text/tab-separated-values"))) as answer:
        rows = read_solutions(answer.chunks, _MOST, _SIZE).rows
    return tuple(sorted(it.value.removeprefix(BASE) for (it,) in rows if isinstance(it, Iri)))
