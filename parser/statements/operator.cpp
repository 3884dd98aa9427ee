// CREATE and ALTER OPERATOR (operatorcmds.c).
#include "parser/references.h"
#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/routine_options.h"
#include "parser/statements/statements.h"
#include "parser/type_names.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::Operator;
using schema::QualifiedName;

// What the estimators of operators take (operatorcmds.c).
const std::string kRestrictArgs = "internal, oid, internal, integer";
const std::string kJoinArgs = "internal, oid, internal, smallint, internal";

Operator* find(Builder& builder, const QualifiedName& name, const std::string& args) {
  const auto found =
      builder.catalog.operators.find({Kind::Operator, name.schema, {}, name.name, args});
  return found == builder.catalog.operators.end() ? nullptr : &found->second;
}

// get_other_operator: one that does not exist yet will be where things are made.
QualifiedName other(const Builder& builder, const ::DefElem* option, const std::string& args) {
  QualifiedName name = written_name(option);
  if (!name.schema.empty()) return name;
  const QualifiedName found = find_operator_name(builder, name, args);
  return found.empty() ? QualifiedName{builder.creation_schema({}), name.name} : found;
}

// OperatorUpd: the other side learns of it where it has none.
void link(Builder& builder, const Operator& op, const std::string& commuted) {
  const QualifiedName name = name_of(op);
  if (Operator* found = find(builder, op.commutator, commuted); found && found->commutator.empty())
    found->commutator = name;
  if (Operator* found = find(builder, op.negator, op.id.args); found && found->negator.empty())
    found->negator = name;
}

}  // namespace

std::string operator_args(const schema::TypeName& left, const schema::TypeName& right) {
  return (left.empty() ? "NONE" : left.sql) + ", " + right.sql;
}

QualifiedName find_operator_name(const Builder& builder, const QualifiedName& written,
                                 const std::string& args) {
  if (!written.schema.empty()) return written;
  for (const std::string& schema : builder.search_path())
    if (builder.catalog.operators.count({Kind::Operator, schema, {}, written.name, args}))
      return {schema, written.name};
  return {};
}

void apply_create_operator(Context& context, const void* node) {
  const auto* statement = as<::DefineStmt>(node);
  Builder& builder = context.builder;
  const auto written = qualified(statement->defnames);
  Operator op;
  op.span = context.span;
  const ::DefElem* function = nullptr;
  const ::DefElem* commutator = nullptr;
  const ::DefElem* negator = nullptr;
  for (const auto* option : nodes<::DefElem>(statement->definition)) {
    const std::string name = upper(option->defname);
    if (name == "LEFTARG") op.left.sql = resolve_type(builder, type_name_of(option)).plain;
    if (name == "RIGHTARG") op.right.sql = resolve_type(builder, type_name_of(option)).plain;
    if (name == "FUNCTION" || name == "PROCEDURE") function = option;
    if (name == "RESTRICT") op.restrict_estimator = function_of(builder, option, kRestrictArgs);
    if (name == "JOIN") op.join_estimator = function_of(builder, option, kJoinArgs);
    if (name == "HASHES") op.hashes = option_bool(option);
    if (name == "MERGES") op.merges = option_bool(option);
    if (name == "SORT1" || name == "SORT2" || name == "LTCMP" || name == "GTCMP") op.merges = true;
    if (name == "COMMUTATOR") commutator = option;
    if (name == "NEGATOR") negator = option;
  }
  if (function)
    op.function =
        function_of(builder, function, (op.left.empty() ? "" : op.left.sql + ", ") + op.right.sql);
  op.id = {Kind::Operator,
           builder.creation_schema(written.schema),
           {},
           written.name,
           operator_args(op.left, op.right)};
  const std::string commuted = operator_args(op.right, op.left);
  if (commutator) op.commutator = other(builder, commutator, commuted);
  if (negator) op.negator = other(builder, negator, op.id.args);
  link(builder, builder.add(std::move(op)), commuted);
}

void apply_alter_operator(Context& context, const void* node) {
  const auto* statement = as<::AlterOperatorStmt>(node);
  schema::Object* found = find_object(context.builder, OBJECT_OPERATOR, statement->opername);
  auto& op = static_cast<Operator&>(*found);
  for (const auto* option : nodes<::DefElem>(statement->options)) {
    const bool join = upper(option->defname) == "JOIN";
    auto& estimator = join ? op.join_estimator : op.restrict_estimator;
    estimator = function_of(context.builder, option, join ? kJoinArgs : kRestrictArgs);
  }
}

}  // namespace schemadiff::parser
