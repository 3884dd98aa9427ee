// What makes an object, for those who read that it is missing or extra.
#include "cli/report/model.h"
#include "schema/dump_statements.h"

namespace schemadiff::cli {
namespace {

using schema::Kind;

template <class T>
schema::Statements statements_of(const schema::ObjectMap<T>& map, const schema::ObjectId& id,
                                 const schema::Catalog& catalog) {
  const auto found = map.find(id);
  return found == map.end() ? schema::Statements() : schema::made(found->second, catalog, {});
}

std::string definition_of(const schema::ObjectId& id, const schema::Catalog& catalog) {
  if (id.kind == Kind::Column) {
    const schema::Table* table = catalog.table({id.schema, id.parent});
    const schema::Column* column = table ? table->find(id.name) : nullptr;
    return column ? schema::column_definition(*column) : std::string();
  }
  switch (id.kind) {
#define KIND(name, map, label, keyword) \
  case Kind::name:                      \
    return script(statements_of(catalog.map, id, catalog));
#include "schema/kinds.def"
    case Kind::Column:
    case Kind::Default:
      break;
  }
  return {};
}

}  // namespace

std::vector<std::string> definition_lines(const schema::ObjectId& id,
                                          const schema::Catalog& catalog) {
  return lines_of(definition_of(id, catalog));
}

std::vector<std::string> first_lines(std::vector<std::string> lines, std::size_t most) {
  if (lines.size() <= most) return lines;
  const std::size_t more = lines.size() - most;
  lines.resize(most);
  lines.push_back("… " + counted(more, "more line"));
  return lines;
}

}  // namespace schemadiff::cli
