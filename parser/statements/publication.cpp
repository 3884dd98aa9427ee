// CREATE and ALTER PUBLICATION (publicationcmds.c).
#include <algorithm>

#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/object_names.h"

namespace schemadiff::parser {
namespace {

using schema::Publication;
using schema::PublishedTable;

void set_settings(Publication& publication, const ::List* options) {
  for (const auto* option : nodes<::DefElem>(options)) {
    if (std::string_view(option->defname) == "publish_via_partition_root")
      publication.via_partition_root = option_bool(option);
    if (std::string_view(option->defname) == "publish_generated_columns")
      publication.generated_columns = option_text(option) != "none";
    if (std::string_view(option->defname) != "publish") continue;
    const std::string list = option_text(option);
    publication.operations.clear();
    for (const char* operation : {"insert", "update", "delete", "truncate"})
      if (list.find(operation) != std::string::npos) publication.operations.emplace_back(operation);
  }
}

// A table without ONLY brings those along that inherit from it, but not partitions.
void add_children(const Builder& builder, const PublishedTable& table,
                  std::vector<PublishedTable>& tables) {
  for (const auto& [id, child] : builder.catalog.tables) {
    if (std::find(child.inherits.begin(), child.inherits.end(), table.table) ==
        child.inherits.end())
      continue;
    PublishedTable of_child = table;
    of_child.table = {id.schema, id.name};
    tables.push_back(of_child);
    add_children(builder, of_child, tables);
  }
}

struct Objects {
  std::vector<PublishedTable> tables;
  std::vector<std::string> schemas;
};

// After a TABLE or TABLES IN SCHEMA, further names come without it.
Objects read_objects(const Context& context, const ::List* list) {
  const Builder& builder = context.builder;
  Objects objects;
  bool schemas = false;
  for (const auto* object : nodes<::PublicationObjSpec>(list)) {
    if (object->pubobjtype == PUBLICATIONOBJ_TABLE) schemas = false;
    if (object->pubobjtype == PUBLICATIONOBJ_TABLES_IN_SCHEMA) schemas = true;
    if (object->pubobjtype == PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA) {
      objects.schemas.push_back(builder.creation_schema({}));
      continue;
    }
    if (schemas) {
      objects.schemas.emplace_back(object->name);
      continue;
    }
    const ::PublicationTable* written = object->pubtable;
    const schema::ObjectId& id = builder
                                     .relation(written ? qualified(written->relation)
                                                       : schema::QualifiedName{{}, object->name},
                                               "table")
                                     .object->id;
    PublishedTable table;
    table.table = {id.schema, id.name};
    if (written) {
      table.columns = names_of(written->columns);
      std::sort(table.columns.begin(), table.columns.end());
      if (written->whereClause) table.filter = expr_of(written->whereClause);
    }
    objects.tables.push_back(table);
    if (!written || written->relation->inh) add_children(builder, table, objects.tables);
  }
  return objects;
}

void add(Publication& publication, Objects objects) {
  for (PublishedTable& table : objects.tables) {
    std::erase_if(publication.tables, [&](const auto& t) { return t.table == table.table; });
    publication.tables.push_back(std::move(table));
  }
  std::sort(publication.tables.begin(), publication.tables.end(),
            [](const auto& a, const auto& b) { return a.table < b.table; });
  auto& schemas = publication.schemas;
  schemas.insert(schemas.end(), objects.schemas.begin(), objects.schemas.end());
  std::sort(schemas.begin(), schemas.end());
  schemas.erase(std::unique(schemas.begin(), schemas.end()), schemas.end());
}

void remove(Publication& publication, const Objects& objects) {
  for (const PublishedTable& table : objects.tables)
    std::erase_if(publication.tables, [&](const auto& t) { return t.table == table.table; });
  for (const std::string& schema : objects.schemas) std::erase(publication.schemas, schema);
}

}  // namespace

void apply_create_publication(Context& context, const void* node) {
  const auto* statement = as<::CreatePublicationStmt>(node);
  Publication publication;
  publication.id = {
      schema::Kind::Publication, {}, {}, schema::truncate_name(statement->pubname), {}};
  publication.span = context.span;
  publication.all_tables = statement->for_all_tables;
  set_settings(publication, statement->options);
  add(publication, read_objects(context, statement->pubobjects));
  context.builder.add(std::move(publication));
}

void apply_alter_publication(Context& context, const void* node) {
  const auto* statement = as<::AlterPublicationStmt>(node);
  Publication& publication =
      require_named(context.builder.catalog.publications, "publication", statement->pubname);
  set_settings(publication, statement->options);
  if (!statement->pubobjects) return;
  Objects objects = read_objects(context, statement->pubobjects);
  if (statement->action == AP_DropObjects) return remove(publication, objects);
  if (statement->action == AP_SetObjects) {
    publication.tables.clear();
    publication.schemas.clear();
  }
  add(publication, std::move(objects));
}

}  // namespace schemadiff::parser
