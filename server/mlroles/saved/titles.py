"""What a saved query asks with its parameters' values: its question with their labels."""

from mlroles.saved.binding import Bound
from mlroles.saved.choices import Choices
from mlroles.saved.parameter import Parameter
from mlroles.terms import Term, plain


def of(bound: Bound, choices: Choices) -> str:
    """Return the summary where the values are the defaults, else the question with their labels.

    Raises what the engine raises.
    """
    query = bound.query
    if all(bound.values[it.name] == it.default for it in query.parameters):
        return query.summary
    title = query.question
    for parameter in query.parameters:
        place = f"{{{parameter.name}}}"
        if place in title:
            title = title.replace(place, _told(parameter, bound.values[parameter.name], choices))
    return title


def _told(parameter: Parameter, terms: tuple[Term, ...], choices: Choices) -> str:
    known = choices.of(parameter.class_iri) if parameter.class_iri else ()
    called = {choice.iri: choice.label for choice in known}
    names = [called.get(plain(term), plain(term)) for term in terms]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
