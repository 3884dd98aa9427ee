// DDL of base types: their shells, their definitions, and what of them can be altered.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string_view alignment_word(char alignment) {
  switch (alignment) {
    case 'c':
      return "char";
    case 's':
      return "int2";
    case 'd':
      return "double";
    default:
      return "int4";
  }
}

std::string function_or_none(const QualifiedName& function) {
  return function.empty() ? "NONE" : quote_qualified(function);
}

}  // namespace

std::string_view storage_word(char storage) {
  switch (storage) {
    case 'e':
      return "external";
    case 'm':
      return "main";
    case 'x':
      return "extended";
    default:
      return "plain";
  }
}

std::string shell_sql(const ObjectId& type) { return "CREATE TYPE " + sql_name(type); }

bool has_shell(const BaseType& type) { return type.defined; }
bool has_shell(const Range& range) { return !range.canonical.empty(); }
bool has_shell(const Object& object) {
  if (object.id.kind == Kind::BaseType) return has_shell(static_cast<const BaseType&>(object));
  return object.id.kind == Kind::Range && has_shell(static_cast<const Range&>(object));
}

Statements create_sql(const BaseType& type) {
  if (!type.defined) return {shell_sql(type.id)};
  std::vector<std::string> options;
  const auto add = [&](std::string_view option, std::string_view value) {
    options.push_back(std::string(option) + " = " + std::string(value));
  };
  const auto add_function = [&](std::string_view option, const QualifiedName& function) {
    if (!function.empty()) add(option, quote_qualified(function));
  };
  add_function("INPUT", type.input);
  add_function("OUTPUT", type.output);
  add_function("RECEIVE", type.receive);
  add_function("SEND", type.send);
  add_function("TYPMOD_IN", type.typmod_in);
  add_function("TYPMOD_OUT", type.typmod_out);
  add_function("ANALYZE", type.analyze);
  add_function("SUBSCRIPT", type.subscript);
  add("INTERNALLENGTH", type.length < 0 ? "variable" : std::to_string(type.length));
  if (type.by_value) options.emplace_back("PASSEDBYVALUE");
  add("ALIGNMENT", alignment_word(type.alignment));
  add("STORAGE", storage_word(type.storage));
  if (type.category != 'U') add("CATEGORY", quote_literal({&type.category, 1}));
  if (type.preferred) add("PREFERRED", "true");
  if (type.default_value) add("DEFAULT", quote_literal(*type.default_value));
  if (!type.element.empty()) add("ELEMENT", type.element.sql);
  if (type.delimiter != ',') add("DELIMITER", quote_literal({&type.delimiter, 1}));
  if (type.collatable) add("COLLATABLE", "true");
  return {shell_sql(type.id) + " (\n  " + join(options, ",\n  ") + "\n)"};
}

Statements alter_base_type_sql(const BaseType& before, const BaseType& after) {
  std::vector<std::string> changes;
  const auto add = [&](std::string_view option, const QualifiedName& old,
                       const QualifiedName& now) {
    if (old != now) changes.push_back(std::string(option) + " = " + function_or_none(now));
  };
  add("RECEIVE", before.receive, after.receive);
  add("SEND", before.send, after.send);
  add("TYPMOD_IN", before.typmod_in, after.typmod_in);
  add("TYPMOD_OUT", before.typmod_out, after.typmod_out);
  add("ANALYZE", before.analyze, after.analyze);
  add("SUBSCRIPT", before.subscript, after.subscript);
  if (before.storage != after.storage)
    changes.push_back("STORAGE = " + std::string(storage_word(after.storage)));
  if (changes.empty()) return {};
  return {"ALTER TYPE " + sql_name(after.id) + " SET (" + join(changes, ", ") + ')'};
}

}  // namespace schemadiff::schema
