// CREATE AGGREGATE, old style too (aggregatecmds.c), and the other statements of DEFINE's shape.
#include <algorithm>

#include "parser/references.h"
#include "parser/statements/address.h"
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "parser/type_names.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Aggregate;
using schema::Kind;

std::string type_of(const Builder& builder, const ::DefElem* option) {
  if (is(option->arg, T_TypeName)) return resolve_type(builder, option->arg).plain;
  return option_text(option);
}

char modify_of(const ::DefElem* option) {
  const std::string value = lower(option_text(option));
  if (value == "shareable") return 's';
  return value == "read_write" ? 'w' : 'r';
}

void add_argument(Aggregate& aggregate, schema::Argument argument) {
  if (!aggregate.id.args.empty()) aggregate.id.args += ", ";
  aggregate.id.args += argument.type.sql;
  aggregate.arguments.push_back(std::move(argument));
}

void read_arguments(const Builder& builder, Aggregate& aggregate, const ::DefineStmt* statement) {
  if (statement->oldstyle) {
    for (const auto* option : nodes<::DefElem>(statement->definition)) {
      if (lower(option->defname) != "basetype") continue;
      const std::string type = type_of(builder, option);
      if (lower(type) != "any" && lower(type) != "\"any\"")
        add_argument(aggregate, {'i', {}, {type}, {}});
    }
    return;
  }
  const nodes<::Node> parts(statement->args);
  const int direct = as<::Integer>(parts[1])->ival;
  for (const auto* parameter : nodes<::FunctionParameter>(as<::List>(parts[0]))) {
    schema::Argument argument;
    argument.mode = parameter->mode == FUNC_PARAM_VARIADIC ? 'v' : 'i';
    argument.name = string_of(parameter->name);
    argument.type.sql = resolve_type(builder, parameter->argType).plain;
    add_argument(aggregate, std::move(argument));
  }
  if (direct >= 0) {
    aggregate.aggkind = 'o';
    aggregate.direct_arguments = direct;
  }
}

void read_option(const Builder& builder, Aggregate& aggregate, const ::DefElem* option) {
  const std::string name = lower(option->defname);
  if (name == "stype" || name == "stype1") aggregate.stype.sql = type_of(builder, option);
  if (name == "sspace") aggregate.sspace = static_cast<int>(option_integer(option));
  if (name == "finalfunc_extra") aggregate.finalfunc_extra = option_bool(option);
  if (name == "finalfunc_modify") aggregate.finalfunc_modify = modify_of(option);
  if (name == "initcond" || name == "initcond1") aggregate.initcond = option_text(option);
  if (name == "mstype") aggregate.mstype.sql = type_of(builder, option);
  if (name == "msspace") aggregate.msspace = static_cast<int>(option_integer(option));
  if (name == "mfinalfunc_extra") aggregate.mfinalfunc_extra = option_bool(option);
  if (name == "mfinalfunc_modify") aggregate.mfinalfunc_modify = modify_of(option);
  if (name == "minitcond") aggregate.minitcond = option_text(option);
  if (name == "parallel") aggregate.parallel = lower(option_text(option))[0];
  if (name == "sortop") {
    const auto written = is(option->arg, T_List) ? qualified(as<::List>(option->arg))
                                                 : schema::QualifiedName{{}, option_text(option)};
    const std::string& type = aggregate.id.args;
    aggregate.sortop = find_operator_name(builder, written, type + ", " + type);
    if (aggregate.sortop.empty()) aggregate.sortop = {"pg_catalog", written.name};
  }
}

// They take the state and what is aggregated, which are known by now.
void read_function(const Builder& builder, Aggregate& aggregate, const ::DefElem* option) {
  const std::string name = lower(option->defname);
  const std::string& args = aggregate.id.args;
  const std::string &state = aggregate.stype.sql, &moving = aggregate.mstype.sql;
  const auto with = [](const std::string& type, const std::string& more) {
    return type + (more.empty() ? "" : ", ") + more;
  };
  const std::string extra = aggregate.finalfunc_extra ? args : "";
  const std::string moving_extra = aggregate.mfinalfunc_extra ? args : "";
  const auto read = [&](schema::QualifiedName& function, const std::string& takes) {
    function = function_of(builder, option, takes);
  };
  if (name == "sfunc" || name == "sfunc1") read(aggregate.sfunc, with(state, args));
  if (name == "finalfunc") read(aggregate.finalfunc, with(state, extra));
  if (name == "combinefunc") read(aggregate.combinefunc, with(state, state));
  if (name == "serialfunc") read(aggregate.serialfunc, "internal");
  if (name == "deserialfunc") read(aggregate.deserialfunc, "bytea, internal");
  if (name == "msfunc") read(aggregate.msfunc, with(moving, args));
  if (name == "minvfunc") read(aggregate.minvfunc, with(moving, args));
  if (name == "mfinalfunc") read(aggregate.mfinalfunc, with(moving, moving_extra));
}

}  // namespace

void apply_create_aggregate(Context& context, const void* node) {
  const auto* statement = as<::DefineStmt>(node);
  Builder& builder = context.builder;
  const auto written = qualified(statement->defnames);
  Aggregate aggregate;
  aggregate.id = {Kind::Aggregate,
                  builder.creation_schema(written.schema),
                  {},
                  schema::truncate_name(written.name),
                  {}};
  aggregate.span = context.span;
  read_arguments(builder, aggregate, statement);
  bool says_modify = false, says_moving_modify = false;
  for (const auto* option : nodes<::DefElem>(statement->definition)) {
    if (lower(option->defname) == "hypothetical") aggregate.aggkind = 'h';
    says_modify = says_modify || lower(option->defname) == "finalfunc_modify";
    says_moving_modify = says_moving_modify || lower(option->defname) == "mfinalfunc_modify";
    read_option(builder, aggregate, option);
  }
  for (const auto* option : nodes<::DefElem>(statement->definition))
    read_function(builder, aggregate, option);
  if (aggregate.aggkind != 'n') {
    if (!says_modify) aggregate.finalfunc_modify = 'w';
    if (!says_moving_modify) aggregate.mfinalfunc_modify = 'w';
  }
  aggregate.forget_absent_finals();
  if (statement->replace) {
    const auto found = builder.catalog.aggregates.find(aggregate.id);
    if (found != builder.catalog.aggregates.end()) {
      Aggregate& old = found->second;
      aggregate.owner = std::move(old.owner);
      aggregate.acl = std::move(old.acl);
      aggregate.comment = std::move(old.comment);
      aggregate.search_path = builder.path;
      old = std::move(aggregate);
      return;
    }
  }
  builder.add(std::move(aggregate));
}

void apply_define(Context& context, const void* node) {
  switch (as<::DefineStmt>(node)->kind) {
    case OBJECT_AGGREGATE:
      return apply_create_aggregate(context, node);
    case OBJECT_OPERATOR:
      return apply_create_operator(context, node);
    case OBJECT_COLLATION:
      return apply_create_collation(context, node);
    case OBJECT_TSPARSER:
    case OBJECT_TSTEMPLATE:
    case OBJECT_TSDICTIONARY:
    case OBJECT_TSCONFIGURATION:
      return apply_create_text_search(context, node);
    default:
      return apply_create_base_type(context, node);
  }
}

}  // namespace schemadiff::parser
