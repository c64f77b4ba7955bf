# <https://w3id.org/mlroles/concept/onet/15-2051.00> is a concept without its vocabulary, or without where it was seen.

PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { <https://w3id.org/mlroles/concept/onet/15-2051.00> dcterms:source ?seen }
