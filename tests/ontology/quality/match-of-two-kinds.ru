# role:data-scientist matches <https://w3id.org/mlroles/concept/onet/15-2051.00> exactly and also by skos:broadMatch.

PREFIX role: <https://w3id.org/mlroles/role/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { role:data-scientist skos:broadMatch <https://w3id.org/mlroles/concept/onet/15-2051.00> }
