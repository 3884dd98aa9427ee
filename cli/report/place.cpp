// Where the files say something of an object.
#include "cli/report/place.h"

namespace schemadiff::cli {

schema::Span span_of(const schema::ObjectId& id, const schema::Catalog& catalog) {
  if (id.kind == schema::Kind::Column || id.kind == schema::Kind::Default) {
    const schema::Table* table = catalog.table({id.schema, id.parent});
    if (const schema::Column* column = table ? table->find(id.name) : nullptr)
      return column->span.line ? column->span : table->span;
  }
  const schema::Object* object = catalog.find(id);
  return object ? object->span : schema::Span{};
}

std::string place_of(const schema::ObjectId& id, const schema::Catalog& catalog) {
  const schema::Span span = span_of(id, catalog);
  if (!span.line || span.file >= catalog.files.size()) return {};
  return catalog.files[span.file] + ":" + std::to_string(span.line);
}

}  // namespace schemadiff::cli
