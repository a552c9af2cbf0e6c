// Datasette's table.js asks whether columns may be used as facets.
var DATASETTE_ALLOW_FACET = true;
