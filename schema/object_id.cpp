// Decides how objects are named: in SQL, and to people.
#include "schema/object_id.h"

#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

struct KindWords {
  std::string_view label, keyword;
};

constexpr KindWords kWords[] = {
#define KIND(name, map, label, keyword) {label, keyword},
#define PART(name, label, keyword) {label, keyword},
#include "schema/kinds.def"
};

// " on TABLES in public for app"
std::string of_default_privileges(const ObjectId& id) {
  std::string text = " on " + id.name;
  if (!id.schema.empty()) text += " in " + quote_identifier(id.schema);
  if (!id.args.empty()) text += " for " + quote_identifier(id.args);
  return text;
}

bool is_column(Kind kind) { return kind == Kind::Column || kind == Kind::Default; }

}  // namespace

std::string_view kind_label(Kind kind) { return kWords[static_cast<std::size_t>(kind)].label; }

std::string_view kind_keyword(Kind kind) { return kWords[static_cast<std::size_t>(kind)].keyword; }

std::string sql_name(const ObjectId& id) {
  if (!id.parent.empty()) return quote_identifier(id.name);
  if (id.kind == Kind::Operator)
    return quote_identifier(id.schema) + '.' + id.name + " (" + id.args + ')';
  if (id.kind == Kind::UserMapping)
    return "FOR " + role_name(id.name) + " SERVER " + quote_identifier(id.args);
  if (id.kind == Kind::Transform)
    return "FOR " + id.name + " LANGUAGE " + quote_identifier(id.args);
  if (id.kind == Kind::Cast) return '(' + id.name + ')';
  if (id.kind == Kind::MemberPrivileges) return id.name;
  std::string name = quote_qualified({id.schema, id.name});
  if (id.kind == Kind::OperatorClass || id.kind == Kind::OperatorFamily)
    return name + " USING " + quote_identifier(id.args);
  if (id.kind == Kind::Aggregate && id.args.empty()) return name + "(*)";
  if (is_called(id.kind)) name += '(' + id.args + ')';
  return name;
}

std::string sql_parent(const ObjectId& id) { return quote_qualified({id.schema, id.parent}); }

std::string describe(const ObjectId& id) {
  std::string text(kind_label(id.kind));
  if (id.kind == Kind::DefaultPrivileges) return text + of_default_privileges(id);
  if (id.kind == Kind::MemberPrivileges) return text + " on " + sql_name(id);
  if (id.parent.empty()) return text + ' ' + sql_name(id);
  if (id.kind == Kind::Column) return text + ' ' + sql_parent(id) + '.' + sql_name(id);
  if (id.kind == Kind::Default) return text + " of " + sql_parent(id) + '.' + sql_name(id);
  return text + ' ' + sql_name(id) + " on " + sql_parent(id);
}

std::string sql_address(const ObjectId& id, std::string_view keyword) {
  std::string text(keyword.empty() ? kind_keyword(id.kind) : keyword);
  if (is_column(id.kind)) {
    if (text.empty()) text = kind_keyword(Kind::Column);
    return text + ' ' + sql_parent(id) + '.' + sql_name(id);
  }
  text += ' ' + sql_name(id);
  if (!id.parent.empty()) text += " ON " + sql_parent(id);
  return text;
}

std::size_t ObjectIdHash::operator()(const ObjectId& id) const noexcept {
  std::size_t hash = static_cast<std::size_t>(id.kind);
  for (const std::string* part : {&id.schema, &id.parent, &id.name, &id.args})
    hash = hash * 1099511628211u + std::hash<std::string>{}(*part);
  return hash;
}

}  // namespace schemadiff::schema
