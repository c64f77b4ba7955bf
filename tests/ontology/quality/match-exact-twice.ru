# role:data-scientist matches both <https://w3id.org/mlroles/concept/onet/15-2051.00> and <https://w3id.org/mlroles/concept/onet/15-2051.01> exactly.

PREFIX role: <https://w3id.org/mlroles/role/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { role:data-scientist skos:exactMatch <https://w3id.org/mlroles/concept/onet/15-2051.01> }
