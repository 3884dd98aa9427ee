// What a schema is, for people: a data dictionary with a diagram of its tables.
#pragma once

#include <string>

#include "engine/classification.h"
#include "schema/catalog.h"

namespace schemadiff::cli {

// The same input gives the same bytes, so that a stale one is told from a fresh one. Classes of
// columns are shown where there are any.
std::string dictionary_markdown(const schema::Catalog& catalog,
                                const engine::Classification& classification);
std::string dictionary_html(const schema::Catalog& catalog,
                            const engine::Classification& classification);

// What is where, class by class, and how long the rows of each table are kept; in Markdown.
std::string classification_markdown(const schema::Catalog& catalog,
                                    const engine::Classification& classification);

}  // namespace schemadiff::cli
