# alignment:esco has no dcterms:license in its header.

PREFIX alignment: <https://w3id.org/mlroles/alignment/>
PREFIX dcterms: <http://purl.org/dc/terms/>

DELETE WHERE { alignment:esco dcterms:license ?licence }
