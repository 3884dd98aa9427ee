// CREATE TYPE of base types and shells, and ALTER TYPE … SET (typecmds.c, DefineType and
// AlterType).
#include "parser/analyze/builtins.h"
#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/type_names.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::BaseType;
using schema::Kind;
using schema::QualifiedName;

char alignment_of(const ::DefElem* option) {
  const std::string word = upper(option_text(option));
  if (word == "DOUBLE" || word == "FLOAT8" || word == "PG_CATALOG.FLOAT8") return 'd';
  if (word == "INT4" || word == "PG_CATALOG.INT4") return 'i';
  if (word == "INT2" || word == "PG_CATALOG.INT2") return 's';
  if (word == "CHAR" || word == "PG_CATALOG.BPCHAR") return 'c';
  throw Error("alignment \"" + option_text(option) + "\" is not known",
              "write char, int2, int4 or double");
}

char storage_of(const ::DefElem* option) {
  const std::string word = upper(option_text(option));
  if (word == "PLAIN") return 'p';
  if (word == "EXTERNAL") return 'e';
  if (word == "EXTENDED") return 'x';
  if (word == "MAIN") return 'm';
  throw Error("storage \"" + option_text(option) + "\" is not known",
              "write plain, external, extended or main");
}

char first_of(const ::DefElem* option) {
  const std::string text = option_text(option);
  return text.empty() ? '\0' : text.front();
}

// LIKE: the representation of a built-in type or of another base type.
void copy_representation(const Builder& builder, BaseType& type, const ::DefElem* option) {
  const ResolvedType like = resolve_type(builder, type_name_of(option));
  if (like.user && like.user->object && like.user->object->id.kind == Kind::BaseType) {
    const auto& other = static_cast<const BaseType&>(*like.user->object);
    type.length = other.length;
    type.by_value = other.by_value;
    type.alignment = other.alignment;
    type.storage = other.storage;
    return;
  }
  const QualifiedName written = qualified(type_name_of(option)->names);
  const auto& names = builtins().types_by_name;
  const auto found = names.find(NameKey{"pg_catalog", written.name});
  if (like.user || found == names.end())
    throw Error("cannot tell how " + like.sql + ", which LIKE names, is stored",
                "write INTERNALLENGTH, PASSEDBYVALUE, ALIGNMENT and STORAGE instead");
  const TypeInfo& info = builtins().type(found->second);
  type.length = info.length;
  type.by_value = info.by_value;
  type.alignment = info.alignment;
  type.storage = info.storage;
}

bool set_function(const Builder& builder, BaseType& type, const ::DefElem* option) {
  const std::string_view name = option->defname;
  QualifiedName* function = name == "input"                          ? &type.input
                            : name == "output"                       ? &type.output
                            : name == "receive"                      ? &type.receive
                            : name == "send"                         ? &type.send
                            : name == "typmod_in"                    ? &type.typmod_in
                            : name == "typmod_out"                   ? &type.typmod_out
                            : name == "subscript"                    ? &type.subscript
                            : name == "analyze" || name == "analyse" ? &type.analyze
                                                                     : nullptr;
  if (function) *function = function_of(builder, option);
  return function != nullptr;
}

void set_option(const Builder& builder, BaseType& type, const ::DefElem* option) {
  const std::string_view name = option->defname;
  if (set_function(builder, type, option)) return;
  if (name == "internallength")
    type.length =
        upper(option_text(option)) == "VARIABLE" ? -1 : static_cast<int>(option_integer(option));
  if (name == "passedbyvalue") type.by_value = option_bool(option);
  if (name == "alignment") type.alignment = alignment_of(option);
  if (name == "storage") type.storage = storage_of(option);
  if (name == "category") type.category = first_of(option);
  if (name == "preferred") type.preferred = option_bool(option);
  if (name == "default") type.default_value = option_text(option);
  if (name == "element") type.element.sql = resolve_type(builder, type_name_of(option)).plain;
  if (name == "delimiter") type.delimiter = first_of(option);
  if (name == "collatable") type.collatable = option_bool(option);
}

}  // namespace

void apply_create_base_type(Context& context, const void* node) {
  const auto* statement = as<::DefineStmt>(node);
  Builder& builder = context.builder;
  const QualifiedName written = qualified(statement->defnames);
  const QualifiedName name{builder.creation_schema(written.schema),
                           schema::truncate_name(written.name)};
  const auto found = builder.types.find(name);
  schema::Object* known = found == builder.types.end() ? nullptr : found->second.object;
  const bool is_base = known && known->id.kind == Kind::BaseType;
  if (is_base && !statement->definition) return;
  const bool is_shell = is_base && !static_cast<const BaseType&>(*known).defined;
  if (!is_shell) {  // its functions need the name, whatever the order of the texts
    BaseType shell;
    shell.id = {Kind::BaseType, name.schema, {}, name.name, {}};
    shell.span = context.span;
    shell.defined = false;
    known = &builder.add(std::move(shell));
    builder.enter_type(known, name);
  }
  if (!statement->definition) return;
  BaseType type = static_cast<const BaseType&>(*known);
  type.defined = true;
  type.span = context.span;
  for (const auto* option : nodes<::DefElem>(statement->definition))
    if (option->defname == std::string_view("like")) copy_representation(builder, type, option);
  for (const auto* option : nodes<::DefElem>(statement->definition))
    set_option(builder, type, option);
  if (type.input.empty() || type.output.empty())
    throw Error("a base type needs an INPUT and an OUTPUT function");
  if (!type.element.empty() && type.subscript.empty())
    type.subscript = {"pg_catalog", "raw_array_subscript_handler"};
  static_cast<BaseType&>(*known) = std::move(type);
}

void apply_alter_type(Context& context, const void* node) {
  const auto* statement = as<::AlterTypeStmt>(node);
  const QualifiedName name = qualified(statement->typeName);
  const auto* found = context.builder.find_type(name);
  if (!found) throw Missing("type " + schema::quote_qualified(name) + " does not exist");
  if (!found->second.object || found->second.object->id.kind != Kind::BaseType)
    throw Error(schema::quote_qualified(name) + " is not a base type");
  for (const auto* option : nodes<::DefElem>(statement->options))
    set_option(context.builder, static_cast<BaseType&>(*found->second.object), option);
}

}  // namespace schemadiff::parser
