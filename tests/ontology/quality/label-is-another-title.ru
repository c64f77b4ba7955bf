# role:data-analyst has the other title “Data scientist”, which is also a title of role:data-scientist.

PREFIX role: <https://w3id.org/mlroles/role/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { role:data-analyst skos:altLabel "Data scientist"@en }
