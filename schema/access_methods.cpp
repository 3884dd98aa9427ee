#include "schema/access_methods.h"

namespace schemadiff::schema {
namespace {

struct Handler {
  std::string_view function, method;
};

constexpr Handler kHandlers[] = {{"bthandler", "btree"},   {"hashhandler", "hash"},
                                 {"gisthandler", "gist"},  {"ginhandler", "gin"},
                                 {"spghandler", "spgist"}, {"brinhandler", "brin"}};

}  // namespace

std::string_view built_in_method(const Catalog& catalog, std::string_view method) {
  if (catalog.access_methods.empty()) return method;
  const auto found =
      catalog.access_methods.find({Kind::AccessMethod, {}, {}, std::string(method), {}});
  if (found == catalog.access_methods.end()) return method;
  const QualifiedName& handler = found->second.handler;
  for (const Handler& known : kHandlers)
    if (handler.schema == "pg_catalog" && handler.name == known.function) return known.method;
  return method;
}

}  // namespace schemadiff::schema
