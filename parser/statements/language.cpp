// CREATE LANGUAGE (proclang.c), TRANSFORM (functioncmds.c) and ACCESS METHOD (amcmds.c).
#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/routine_options.h"
#include "parser/statements/statements.h"
#include "parser/type_names.h"
#include "schema/object_names.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::QualifiedName;

QualifiedName function_of(const Builder& builder, const ::List* names) {
  return names ? resolve_function(builder, qualified(names), false) : QualifiedName{};
}

}  // namespace

// Without a handler it is the extension of that name.
void apply_create_language(Context& context, const void* node) {
  const auto* statement = as<::CreatePLangStmt>(node);
  Builder& builder = context.builder;
  schema::Language language;
  language.id = {Kind::Language, {}, {}, schema::truncate_name(statement->plname), {}};
  language.span = context.span;
  language.trusted = statement->pltrusted;
  language.handler = function_of(builder, statement->plhandler);
  language.inline_handler = function_of(builder, statement->plinline);
  language.validator = function_of(builder, statement->plvalidator);
  if (statement->replace) builder.catalog.languages.erase(language.id);
  builder.add(std::move(language));
}

void apply_create_transform(Context& context, const void* node) {
  const auto* statement = as<::CreateTransformStmt>(node);
  Builder& builder = context.builder;
  schema::Transform transform;
  transform.id = {
      Kind::Transform, {}, {}, resolve_type(builder, statement->type_name).plain, statement->lang};
  transform.span = context.span;
  const auto read = [&](const ::ObjectWithArgs* written, QualifiedName& name, std::string& args) {
    if (!written) return;
    Signature function = resolve_signature(builder, written);
    name = std::move(function.name);
    args = std::move(function.args);
  };
  read(statement->fromsql, transform.from_sql, transform.from_sql_args);
  read(statement->tosql, transform.to_sql, transform.to_sql_args);
  if (statement->replace) builder.catalog.transforms.erase(transform.id);
  builder.add(std::move(transform));
}

void apply_create_access_method(Context& context, const void* node) {
  const auto* statement = as<::CreateAmStmt>(node);
  schema::AccessMethod method;
  method.id = {Kind::AccessMethod, {}, {}, schema::truncate_name(statement->amname), {}};
  method.span = context.span;
  method.type = statement->amtype;
  method.handler = function_of(context.builder, statement->handler_name);
  context.builder.add(std::move(method));
}

}  // namespace schemadiff::parser
