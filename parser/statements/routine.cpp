// CREATE FUNCTION, CREATE PROCEDURE and ALTER of them (functioncmds.c).
#include <algorithm>
#include <array>

#include "parser/references.h"
#include "parser/statements/nodes.h"
#include "parser/statements/routine_options.h"
#include "parser/statements/statements.h"
#include "parser/type_names.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Kind;
using schema::Routine;

// Settings whose value is a list of names, each quoted where needed (GUC_LIST_QUOTE).
constexpr std::array<std::string_view, 6> kNameLists{
    "local_preload_libraries",  "search_path",      "session_preload_libraries",
    "shared_preload_libraries", "temp_tablespaces", "unix_socket_directories"};

// As pg_proc.proconfig has it: in lower case, but for three old names.
std::string setting_name(std::string name) {
  name = lower(std::move(name));
  if (name == "timezone") return "TimeZone";
  if (name == "datestyle") return "DateStyle";
  if (name == "intervalstyle") return "IntervalStyle";
  return name;
}

double number(const ::DefElem* option) {
  const std::string value = option_text(option);
  try {
    return std::stod(value);
  } catch (const std::exception&) {
    throw Error("\"" + value + "\" is not a number that " + option->defname + " can take");
  }
}

bool is_input(char mode) { return mode == 'i' || mode == 'b' || mode == 'v'; }

// Reads the parameters, and what they say of the result.
void read_parameters(const Builder& builder, Routine& routine,
                     const ::CreateFunctionStmt* statement) {
  std::string result;
  int results = 0;
  for (const auto* parameter : nodes<::FunctionParameter>(statement->parameters)) {
    schema::Argument argument;
    argument.mode =
        parameter->mode == FUNC_PARAM_DEFAULT ? 'i' : static_cast<char>(parameter->mode);
    argument.name = string_of(parameter->name);
    argument.type.sql = resolve_type(builder, parameter->argType).plain;
    argument.default_value = expr_of(parameter->defexpr);
    if (is_input(argument.mode)) {
      if (!routine.id.args.empty()) routine.id.args += ", ";
      routine.id.args += argument.type.sql;
    }
    if (argument.mode == 'o' || argument.mode == 'b' || argument.mode == 't') {
      ++results;
      result = argument.type.sql;
    }
    routine.arguments.push_back(std::move(argument));
  }
  if (statement->is_procedure) return;
  if (statement->returnType) {
    const ResolvedType type = resolve_type(builder, statement->returnType);
    routine.returns.sql = type.plain;
    routine.returns_set = type.setof;
  } else {
    routine.returns.sql = results == 0 ? "void" : results == 1 ? result : "record";
  }
  if (results > 1) routine.returns.sql = "record";
}

void read_body(Routine& routine, const ::List* parts) {
  const std::vector<std::string> texts = names_of(parts);
  if (texts.empty()) return;
  if (routine.language == "c") {
    routine.object_file = texts[0];
    routine.body = texts.size() > 1 ? texts[1] : routine.id.name;
  } else {
    routine.body = texts[0];
  }
}

}  // namespace

std::vector<std::string> setting_words(const void* node) {
  std::vector<std::string> words;
  for (const auto* argument : nodes<::Node>(as<::VariableSetStmt>(node)->args)) {
    const auto* constant = is(argument, T_TypeCast) ? as<::A_Const>(as<::TypeCast>(argument)->arg)
                                                    : as<::A_Const>(argument);
    if (!is(constant, T_A_Const) || constant->isnull) continue;
    switch (tag_of(&constant->val)) {
      case T_Integer:
        words.push_back(std::to_string(constant->val.ival.ival));
        break;
      case T_Float:
        words.emplace_back(constant->val.fval.fval);
        break;
      case T_Boolean:
        words.emplace_back(constant->val.boolval.boolval ? "true" : "false");
        break;
      default:
        words.emplace_back(constant->val.sval.sval);
    }
  }
  return words;
}

std::string setting_value(const Builder& builder, const void* node) {
  const auto* set = as<::VariableSetStmt>(node);
  const bool names =
      std::find(kNameLists.begin(), kNameLists.end(), lower(set->name)) != kNameLists.end();
  const auto words = set->kind == VAR_SET_CURRENT && lower(set->name) == "search_path"
                         ? builder.search_path()
                         : setting_words(set);
  std::string value;
  for (const std::string& word : words) {
    if (!value.empty()) value += ", ";
    value += names ? schema::quote_identifier(word) : word;
  }
  return value;
}

bool apply_routine_option(const Builder& builder, Routine& routine, const void* node) {
  const auto* option = as<::DefElem>(node);
  const std::string_view name = option->defname;
  if (name == "volatility") {
    routine.volatility = option_text(option)[0];
  } else if (name == "strict") {
    routine.strict = option_bool(option);
  } else if (name == "security") {
    routine.security_definer = option_bool(option);
  } else if (name == "leakproof") {
    routine.leakproof = option_bool(option);
  } else if (name == "parallel") {
    routine.parallel = lower(option_text(option))[0];
  } else if (name == "cost") {
    routine.cost = number(option);
  } else if (name == "rows") {
    routine.rows = number(option);
  } else if (name == "support") {
    routine.support = resolve_function(builder, qualified(as<::List>(option->arg)), false);
  } else if (name == "set") {
    const auto* set = as<::VariableSetStmt>(option->arg);
    if (set->kind == VAR_RESET_ALL) {
      routine.config.clear();
    } else if (set->kind == VAR_SET_VALUE || set->kind == VAR_SET_CURRENT) {
      set_option(routine.config, setting_name(set->name), setting_value(builder, set));
    } else {
      std::erase_if(routine.config,
                    [&](const auto& o) { return o.first == setting_name(set->name); });
    }
  } else {
    return false;
  }
  return true;
}

void apply_create_function(Context& context, const void* node) {
  const auto* statement = as<::CreateFunctionStmt>(node);
  Builder& builder = context.builder;
  const schema::QualifiedName written = qualified(statement->funcname);
  if (written.schema == "pg_temp")
    return note_ignored(context, "temporary", "temporary functions are ignored");
  Routine routine;
  routine.id = {Kind::Routine,
                builder.creation_schema(written.schema),
                {},
                schema::truncate_name(written.name),
                {}};
  routine.span = context.span;
  routine.prokind = statement->is_procedure ? 'p' : 'f';
  read_parameters(builder, routine, statement);
  const ::List* body = nullptr;
  bool says_cost = false, says_rows = false;
  for (const auto* option : nodes<::DefElem>(statement->options)) {
    const std::string_view name = option->defname;
    says_cost = says_cost || name == "cost";
    says_rows = says_rows || name == "rows";
    if (apply_routine_option(builder, routine, option)) continue;
    if (name == "language") routine.language = lower(option_text(option));
    if (name == "as") body = as<::List>(option->arg);
    if (name == "window" && option_bool(option)) routine.prokind = 'w';
    if (name == "transform") {
      for (const auto* type : nodes<::TypeName>(as<::List>(option->arg))) {
        routine.transforms.push_back({resolve_type(builder, type).plain});
      }
    }
  }
  if (routine.language.empty() && statement->sql_body) routine.language = "sql";
  if (routine.language.empty()) throw Error("no language specified");
  read_body(routine, body);
  routine.sql_body = expr_of(statement->sql_body);
  if (!says_cost && (routine.language == "c" || routine.language == "internal")) routine.cost = 1;
  if (!says_rows && routine.returns_set) routine.rows = 1000;
  if (statement->replace) {
    auto& map = builder.catalog.routines;
    const auto found = map.find(routine.id);
    if (found != map.end()) {
      Routine& old = found->second;
      routine.owner = std::move(old.owner);
      routine.acl = std::move(old.acl);
      routine.comment = std::move(old.comment);
      routine.search_path = builder.path;
      old = std::move(routine);
      return;
    }
  }
  builder.add(std::move(routine));
}

schema::Object* find_routine(const Builder& builder, const void* node, bool missing_ok) {
  const auto* object = as<::ObjectWithArgs>(node);
  const schema::QualifiedName written = qualified(object->objname);
  std::string args;
  if (!object->args_unspecified) {
    // Names of arguments and OUT arguments do not take part.
    args = resolve_types(builder, object->objargs);
  }
  const auto search = [&](const std::string& schema) -> schema::Object* {
    const auto found = builder.routines.find({schema, written.name});
    if (found == builder.routines.end()) return nullptr;
    for (schema::Object* candidate : found->second) {
      if (object->args_unspecified || candidate->id.args == args) return candidate;
    }
    return nullptr;
  };
  if (!written.schema.empty()) {
    if (schema::Object* found = search(written.schema)) return found;
  } else {
    for (const std::string& schema : builder.search_path()) {
      if (schema::Object* found = search(schema)) return found;
    }
  }
  if (missing_ok) return nullptr;
  throw Missing("function " + schema::quote_qualified(written) + "(" + args + ") does not exist");
}

Signature resolve_signature(const Builder& builder, const void* node) {
  if (const schema::Object* found = find_routine(builder, node, true))
    return {name_of(*found), found->id.args};
  const auto* object = as<::ObjectWithArgs>(node);
  Signature signature{resolve_function(builder, qualified(object->objname), false),
                      resolve_types(builder, object->objargs)};
  const bool ours = builder.routines.count(signature.name) != 0;
  if (ours)
    throw Missing("function " + schema::quote_qualified(signature.name) + "(" + signature.args +
                  ") does not exist");
  return signature;
}

void apply_alter_function(Context& context, const void* node) {
  const auto* statement = as<::AlterFunctionStmt>(node);
  schema::Object* found = find_routine(context.builder, statement->func);
  if (found->id.kind != Kind::Routine) return;
  auto& routine = static_cast<Routine&>(*found);
  for (const auto* action : nodes<::DefElem>(statement->actions)) {
    apply_routine_option(context.builder, routine, action);
  }
}

}  // namespace schemadiff::parser
