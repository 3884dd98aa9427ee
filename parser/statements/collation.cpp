// CREATE COLLATION (collationcmds.c).
#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Collation;

// The server's own are known by their names as far as those tell.
void copy(const Builder& builder, Collation& collation, const void* names) {
  const schema::QualifiedName from = resolve_collation(builder, names);
  const auto found =
      builder.catalog.collations.find({schema::Kind::Collation, from.schema, {}, from.name, {}});
  if (found != builder.catalog.collations.end()) {
    const schema::ObjectId id = collation.id;
    collation = found->second;
    collation.id = id;
    collation.owner.clear();
    collation.comment.clear();
    return;
  }
  if (from.schema != "pg_catalog")
    throw Missing("collation " + schema::quote_qualified(from) + " does not exist");
  constexpr std::string_view kIcu = "-x-icu";
  if (from.name.ends_with(kIcu)) {
    collation.provider = 'i';
    collation.locale = from.name.substr(0, from.name.size() - kIcu.size());
  } else {
    collation.collate = collation.ctype = from.name;
  }
}

void read_option(Collation& collation, const ::DefElem* option) {
  const std::string name = upper(option->defname);
  if (name == "LOCALE") collation.locale = option_text(option);
  if (name == "LC_COLLATE") collation.collate = option_text(option);
  if (name == "LC_CTYPE") collation.ctype = option_text(option);
  if (name == "RULES") collation.rules = option_text(option);
  if (name == "DETERMINISTIC") collation.deterministic = option_bool(option);
  if (name == "PROVIDER") {
    const std::string provider = upper(option_text(option));
    collation.provider = provider == "ICU" ? 'i' : provider == "BUILTIN" ? 'b' : 'c';
  }
}

}  // namespace

void apply_create_collation(Context& context, const void* node) {
  const auto* statement = as<::DefineStmt>(node);
  Builder& builder = context.builder;
  const auto written = qualified(statement->defnames);
  Collation collation;
  collation.id = {schema::Kind::Collation,
                  builder.creation_schema(written.schema),
                  {},
                  schema::truncate_name(written.name),
                  {}};
  if (statement->if_not_exists && builder.catalog.collations.count(collation.id)) return;
  for (const auto* option : nodes<::DefElem>(statement->definition)) {
    if (std::string_view(option->defname) == "from") {
      copy(builder, collation, name_list_of(option));
    } else {
      read_option(collation, option);
    }
  }
  if (collation.provider == 'c' && !collation.locale.empty()) {
    collation.collate = collation.ctype = collation.locale;
    collation.locale.clear();
  }
  collation.span = context.span;
  builder.add(std::move(collation));
}

}  // namespace schemadiff::parser
