"""OWL 2 RL: what follows, and what contradicts. The only importer of owlrl."""
