// Decides the wording of attribute values.
#include "schema/show.h"

#include <fmt/format.h>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

struct Code {
  std::string_view attribute;
  char code;
  std::string_view word;
};

constexpr Code kCodes[] = {
    {"kind", 'f', "function"},
    {"kind", 'p', "procedure"},
    {"kind", 'w', "window function"},
    {"kind", 'n', "normal"},
    {"kind", 'o', "ordered-set"},
    {"kind", 'h', "hypothetical-set"},
    {"volatility", 'i', "immutable"},
    {"volatility", 's', "stable"},
    {"volatility", 'v', "volatile"},
    {"parallel", 's', "safe"},
    {"parallel", 'r', "restricted"},
    {"parallel", 'u', "unsafe"},
    {"finalfunc_modify", 'r', "read_only"},
    {"finalfunc_modify", 's', "shareable"},
    {"finalfunc_modify", 'w', "read_write"},
    {"mfinalfunc_modify", 'r', "read_only"},
    {"mfinalfunc_modify", 's', "shareable"},
    {"mfinalfunc_modify", 'w', "read_write"},
    {"type", 'p', "primary key"},
    {"type", 'u', "unique"},
    {"type", 'f', "foreign key"},
    {"type", 'c', "check"},
    {"type", 'x', "exclusion"},
    {"match", 's', "simple"},
    {"match", 'f', "full"},
    {"on update", 'a', "no action"},
    {"on update", 'r', "restrict"},
    {"on update", 'c', "cascade"},
    {"on update", 'n', "set null"},
    {"on update", 'd', "set default"},
    {"on delete", 'a', "no action"},
    {"on delete", 'r', "restrict"},
    {"on delete", 'c', "cascade"},
    {"on delete", 'n', "set null"},
    {"on delete", 'd', "set default"},
    {"identity", 'a', "always"},
    {"identity", 'd', "by default"},
    {"provider", 'c', "libc"},
    {"provider", 'i', "icu"},
    {"provider", 'b', "builtin"},
    {"method", 'f', "function"},
    {"method", 'i', "inout"},
    {"method", 'b', "without function"},
    {"context", 'e', "explicit"},
    {"context", 'a', "assignment"},
    {"context", 'i', "implicit"},
    {"enabled", 'O', "enabled"},
    {"enabled", 'D', "disabled"},
    {"enabled", 'R', "replica"},
    {"enabled", 'A', "always"},
};

std::string_view grantee_name(const Grant& grant) {
  return grant.grantee.empty() ? std::string_view("owner") : grant.grantee;
}

std::string privilege_text(const Grant& grant) {
  return grant.privilege + (grant.grantable ? " (grantable)" : "");
}

}  // namespace

std::string show(bool value) { return value ? "true" : "false"; }

std::string show(int value) { return std::to_string(value); }

std::string show(double value) { return fmt::format("{}", value); }

std::string show(const std::string& value) { return value; }

std::string show(const QualifiedName& name) {
  return name.empty() ? std::string() : quote_qualified(name);
}

std::string show(const TypeName& type) { return type.sql; }

std::string show(const PartitionState& state) {
  return quote_qualified(state.partition) + ": " + show_code("enabled", state.enabled);
}

std::string show(const Expr& expression) { return expression.sql; }

std::string show(const Options& options) {
  std::vector<std::string> items;
  for (const auto& [name, value] : options) items.push_back(name + '=' + value);
  return join(items, ", ");
}

std::string show(const Grant& grant) {
  return std::string(grantee_name(grant)) + ": " + privilege_text(grant);
}

std::string show(const std::vector<Grant>& grants) {
  std::string out;
  for (std::size_t i = 0; i < grants.size(); ++i) {
    if (i > 0 && grants[i].grantee == grants[i - 1].grantee)
      out += ", " + privilege_text(grants[i]);
    else
      out += (i > 0 ? "; " : "") + show(grants[i]);
  }
  return out;
}

std::string show(const ColumnAcl& column) {
  return quote_identifier(column.column) + " (" + show(column.acl) + ')';
}

std::string show(const SecurityLabel& label) { return label.provider + ": " + label.label; }

std::string show(const SequenceOptions& options) { return sequence_options(options); }

std::string show(const OwnedBy& owned_by) {
  if (owned_by.table.empty()) return {};
  return quote_qualified(owned_by.table) + '.' + quote_identifier(owned_by.column);
}

std::string show(const ReplicaIdentity& identity) {
  switch (identity.mode) {
    case 'n':
      return "nothing";
    case 'f':
      return "full";
    case 'i':
      return "index " + quote_identifier(identity.index);
    default:
      return "default";
  }
}

std::string show(const KeyElement& element) { return key_element(element); }

std::string show(const PartitionKey& key) {
  return key.strategy.empty() ? std::string() : partition_key_definition(key);
}

std::string show(const IndexElement& element) {
  std::string text = index_element(element);
  if (element.statistics >= 0) text += fmt::format(" statistics {}", element.statistics);
  return text;
}

std::string show(const Argument& argument) { return argument_definition(argument); }

std::string show(const CompositeAttribute& column) {
  return quote_identifier(column.name) + ' ' + column.type.sql + collate_clause(column.collation);
}

std::string show(const DomainConstraint& constraint) { return domain_constraint(constraint); }

std::string show(const ViewColumn& column) {
  std::string text = quote_identifier(column.name);
  if (!column.type.empty()) text += ' ' + column.type.sql;
  if (!column.default_value.empty()) text += " DEFAULT " + column.default_value.sql;
  if (!column.storage.empty()) text += " STORAGE " + *column.storage;
  if (!column.compression.empty()) text += " COMPRESSION " + *column.compression;
  if (column.statistics >= 0) text += " STATISTICS " + std::to_string(column.statistics);
  if (!column.options.empty()) text += ' ' + options_list(column.options);
  return text;
}

std::string show(const ObjectId& id) { return describe(id); }

std::string show_code(std::string_view attribute, char code) {
  for (const Code& entry : kCodes)
    if (entry.attribute == attribute && entry.code == code) return std::string(entry.word);
  return code == '\0' ? std::string() : std::string(1, code);
}

}  // namespace schemadiff::schema
