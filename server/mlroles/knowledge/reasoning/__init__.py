"""OWL 2 RL: what follows, why, and what contradicts.

``rules`` is the table of the recommendation. ``compiled`` is the way that data goes: the schema is
closed by owlrl (``closure``), the rules are bound to it (``binding``), ordered (``strata``,
``pruning``) and run (``evaluation``) over ``facts``: each once (``joining``), or until nothing new
follows (``fixpoint``, ``bodies``); ``coverage`` asks for what they leave open. Then owlrl closes
everything, and ``clashes`` tells contradictions. ``proofs`` says why a triple holds.
"""
