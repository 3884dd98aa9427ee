// Values out of raw nodes.
#include "parser/statements/nodes.h"

#include <algorithm>
#include <charconv>

#include "parser/references.h"

namespace schemadiff::parser {

schema::Span Context::at(int location) {
  if (location < 0 || static_cast<std::size_t>(location) < offset) return span;
  const std::size_t end = std::min(static_cast<std::size_t>(location) - offset, statement.size());
  if (counted == 0 || end < counted) {
    counted = 0;
    counted_to = span;
  }
  for (; counted < end; ++counted) {
    if (statement[counted] == '\n') {
      ++counted_to.line;
      counted_to.column = 1;
    } else if ((static_cast<unsigned char>(statement[counted]) & 0xC0) != 0x80) {
      ++counted_to.column;
    }
  }
  return counted_to;
}

std::string upper(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return out;
}

std::string lower(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::vector<std::string> names_of(const ::List* list) {
  std::vector<std::string> names;
  for (const auto* name : nodes<::String>(list)) names.emplace_back(name->sval);
  return names;
}

schema::QualifiedName qualified(const ::List* names) {
  const nodes<::String> parts(names);
  const std::size_t count = parts.size();
  if (count == 0) return {};
  if (count == 1) return {{}, parts[0]->sval};
  return {parts[count - 2]->sval, parts[count - 1]->sval};
}

schema::QualifiedName qualified(const ::RangeVar* range) {
  return {string_of(range->schemaname), range->relname};
}

std::string role_of(const ::RoleSpec* role) {
  switch (role->roletype) {
    case ROLESPEC_CSTRING:
      return role->rolename;
    case ROLESPEC_PUBLIC:
      return "public";
    case ROLESPEC_CURRENT_ROLE:
    case ROLESPEC_CURRENT_USER:
    case ROLESPEC_SESSION_USER:
      return std::string(schema::kCurrentUser);
  }
  return {};
}

bool is_current_role(const ::RoleSpec* role) {
  return role->roletype != ROLESPEC_CSTRING && role->roletype != ROLESPEC_PUBLIC;
}

std::string option_text(const ::DefElem* option) {
  if (!option->arg) return "true";
  switch (tag_of(option->arg)) {
    case T_Integer:
      return std::to_string(as<::Integer>(option->arg)->ival);
    case T_Float:
      return as<::Float>(option->arg)->fval;
    case T_Boolean:
      return as<::Boolean>(option->arg)->boolval ? "true" : "false";
    case T_String:
      return as<::String>(option->arg)->sval;
    case T_TypeName: {
      std::string joined;
      for (const std::string& name : names_of(as<::TypeName>(option->arg)->names)) {
        if (!joined.empty()) joined += '.';
        joined += name;
      }
      return joined;
    }
    case T_List: {
      std::string joined;
      for (const std::string& name : names_of(as<::List>(option->arg))) {
        if (!joined.empty()) joined += '.';
        joined += name;
      }
      return joined;
    }
    default:
      return "none";
  }
}

const ::TypeName* type_name_of(const ::DefElem* option) {
  if (!is(option->arg, T_TypeName))
    throw Error(std::string("the value of ") + option->defname + " has to be a name");
  return as<::TypeName>(option->arg);
}

const ::List* name_list_of(const ::DefElem* option) {
  return is(option->arg, T_List) ? as<::List>(option->arg) : type_name_of(option)->names;
}

schema::QualifiedName written_name(const ::DefElem* option) {
  if (is(option->arg, T_String)) return {{}, option_text(option)};
  return qualified(name_list_of(option));
}

schema::QualifiedName function_of(const Builder& builder, const ::DefElem* option,
                                  const std::string& args) {
  if (!option->arg) return {};  // NONE
  return resolve_function_taking(builder, written_name(option), args);
}

bool option_bool(const ::DefElem* option) {
  std::string value = option_text(option);
  std::transform(value.begin(), value.end(), value.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return value == "true" || value == "on" || value == "1" || value == "yes";
}

std::int64_t option_integer(const ::DefElem* option) {
  const std::string digits = option_text(option);
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failure != std::errc() || end != digits.data() + digits.size()) {
    throw Error("\"" + digits + "\" is not a whole number that " + option->defname + " can take");
  }
  return value;
}

schema::Options options_of(const ::List* options) {
  schema::Options values;
  set_options(values, options);
  return values;
}

namespace {

std::string option_name(const ::DefElem* option) {
  std::string name = option->defname;
  return option->defnamespace ? std::string(option->defnamespace) + '.' + name : name;
}

}  // namespace

void set_options(schema::Options& options, const ::List* changes) {
  for (const auto* change : nodes<::DefElem>(changes)) {
    set_option(options, option_name(change), option_text(change));
  }
}

// reloptions.c, transformRelOptions: what is set again moves to the end.
void set_option(schema::Options& options, std::string name, std::string value) {
  std::erase_if(options, [&](const auto& option) { return option.first == name; });
  options.emplace_back(std::move(name), std::move(value));
}

void reset_options(schema::Options& options, const ::List* names) {
  for (const auto* change : nodes<::DefElem>(names)) {
    std::erase_if(options, [&](const auto& o) { return o.first == option_name(change); });
  }
}

schema::Expr expr_of(const void* expression) {
  schema::Expr expr;
  if (expression) expr.sql = text_of(expression);
  return expr;
}

}  // namespace schemadiff::parser
