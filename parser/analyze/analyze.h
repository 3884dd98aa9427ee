// Definition texts → their meaning: references, qualified text and normal form.
#pragma once

#include "schema/catalog.h"

namespace schemadiff::parser {

// For each Expr of the catalog: resolves its names (against the catalog, `environment` and PostgreSQL's
// built-in objects), rewrites `sql` with qualified names, sets `normal` and `unproven`; fills in the
// `refs` of objects and columns and the `columns` of views. What cannot be parsed or resolved is
// compared in a looser form and marked unproven; nothing is thrown.
// `environment`: objects of extensions, from the live side of the comparison where there is one.
// `server_version`: as Catalog::server_version, of the server that the catalog is for where it is not of
// one itself; 0: not known.
void analyze(schema::Catalog& catalog, const schema::ExtensionObjects& environment,
             int server_version = 0);

}  // namespace schemadiff::parser
