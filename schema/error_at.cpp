#include "schema/error_at.h"

namespace schemadiff::schema {

Error error_at(const Span& span, const Catalog& catalog, std::string message, std::string hint) {
  Error error(std::move(message), std::move(hint));
  if (span.line == 0) return error;
  error.file = span.file < catalog.files.size() ? catalog.files[span.file] : "";
  error.line = span.line;
  error.column = span.column;
  return error;
}

}  // namespace schemadiff::schema
