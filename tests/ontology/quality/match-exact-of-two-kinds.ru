# role:data-engineer is said to be exactly <https://w3id.org/mlroles/concept/sfia/DENG>, but is a kind of it, or of another kind.

PREFIX role: <https://w3id.org/mlroles/role/>
PREFIX sfia: <https://w3id.org/mlroles/concept/sfia/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { role:data-engineer skos:exactMatch sfia:DENG }
