// SET, RESET and SELECT: what new objects depend on is followed, the rest leaves a schema as it is.
#include <string>

#include "parser/statements/nodes.h"
#include "parser/statements/routine_options.h"
#include "parser/statements/statements.h"

namespace schemadiff::parser {
namespace {

bool is_search_path(std::string_view name) { return lower(name) == "search_path"; }

// The setting of that name; null where it is another.
std::string* storage_default(Builder& builder, std::string_view name) {
  if (lower(name) == "default_tablespace") return &builder.storage.tablespace;
  if (lower(name) == "default_table_access_method") return &builder.storage.access_method;
  return nullptr;
}

// "$user" depends on who asks: it is no part of a schema's meaning.
void set_path(Builder& builder, std::vector<std::string> schemas) {
  std::erase_if(schemas, [](const std::string& name) { return name.empty() || name == "$user"; });
  builder.set_search_path(std::move(schemas));
}

// A list of names as set_config takes it (SplitIdentifierString).
std::vector<std::string> split_names(std::string_view list) {
  std::vector<std::string> names;
  std::string name;
  bool quoted = false;
  for (const char c : list) {
    if (c == '"') {
      quoted = !quoted;
    } else if (quoted) {
      name += c;
    } else if (c == ',') {
      names.push_back(std::move(name));
      name.clear();
    } else if (c != ' ' && c != '\t' && c != '\n') {
      name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }
  names.push_back(std::move(name));
  return names;
}

const ::FuncCall* only_call(const ::SelectStmt* select) {
  const nodes<::ResTarget> targets(select->targetList);
  if (targets.size() != 1 || select->fromClause) return nullptr;
  const ::Node* value = targets[0]->val;
  return is(value, T_FuncCall) ? as<::FuncCall>(value) : nullptr;
}

std::string text_argument(const ::FuncCall* call, std::size_t index) {
  const nodes<::Node> arguments(call->args);
  if (index >= arguments.size() || !is(arguments[index], T_A_Const)) return {};
  const auto* constant = as<::A_Const>(arguments[index]);
  return !constant->isnull && is(&constant->val, T_String) ? constant->val.sval.sval : "";
}

}  // namespace

void apply_set(Context& context, const void* node) {
  const auto* statement = as<::VariableSetStmt>(node);
  Builder& builder = context.builder;
  if (statement->kind == VAR_RESET_ALL) {
    set_path(builder, builder.initial_path);
    builder.storage = {};
    return;
  }
  if (!statement->name) return;
  if (std::string* storage = storage_default(builder, statement->name)) {
    if (statement->kind == VAR_SET_CURRENT) return;
    const std::vector<std::string> words = setting_words(statement);
    *storage = words.empty() ? std::string() : words.front();
    return;
  }
  if (!is_search_path(statement->name)) return;
  if (statement->kind == VAR_SET_VALUE) {
    set_path(builder, setting_words(statement));
  } else if (statement->kind != VAR_SET_CURRENT) {
    set_path(builder, builder.initial_path);
  }
}

void apply_select(Context& context, const void* node) {
  const auto* statement = as<::SelectStmt>(node);
  if (statement->intoClause) {
    if (!skip_temporary(context, statement->intoClause->rel)) {
      add_unmodelled(context, "table from a query", statement->intoClause->rel->relname);
    }
    return;
  }
  if (const ::FuncCall* call = only_call(statement)) {
    const std::string name = qualified(call->funcname).name;
    if (name == "set_config") {
      const std::string setting = text_argument(call, 0);
      if (std::string* storage = storage_default(context.builder, setting))
        *storage = text_argument(call, 1);
      if (is_search_path(setting)) set_path(context.builder, split_names(text_argument(call, 1)));
      return;
    }
    if (name == "setval") {
      note_ignored(context, "setval", "the values of sequences (setval) are ignored");
      return;
    }
  }
  note_ignored(context, "SELECT", "SELECT statements are ignored");
}

}  // namespace schemadiff::parser
