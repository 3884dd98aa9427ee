// A reference between columns of different types.
#include <algorithm>

#include "engine/lower/lower.h"
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

std::string without_modifiers(const std::string& type) { return type.substr(0, type.find('(')); }

int integer_width(const std::string& type) {
  return type == "smallint" ? 2 : type == "integer" ? 4 : type == "bigint" ? 8 : 0;
}

}  // namespace

Verdict foreign_key_types_differ(const Subject& s) {
  if (!s.makes(Kind::Constraint) || s.after<Constraint>()->contype != 'f') return kSilent;
  const Constraint& key = *s.after<Constraint>();
  const Table* table = s.context.to.table(s.table());
  const Table* referenced = s.context.to.table(key.referenced_table);
  if (!table || !referenced) return kSilent;
  for (std::size_t i = 0; i < std::min(key.columns.size(), key.referenced_columns.size()); ++i) {
    const Column* own = table->find(key.columns[i]);
    const Column* other = referenced->find(key.referenced_columns[i]);
    if (!own || !other) continue;
    const int own_width = integer_width(own->type.sql), width = integer_width(other->type.sql);
    const std::string types =
        own->name + " is " + own->type.sql + " and refers to " + other->type.sql;
    if (own_width != 0 && own_width < width)
      return fires(types + ": it cannot hold every key.", Risk::Medium);
    const std::string own_type = without_modifiers(own->type.sql);
    const std::string type = without_modifiers(other->type.sql);
    const auto is_text = [](const std::string& t) {
      return t == "text" || t == "character varying";
    };
    const auto is_users = [](const std::string& t) { return t.find('.') != std::string::npos; };
    const bool same = own_type == type || (is_text(own_type) && is_text(type));
    // what a domain is based on is not looked up
    if (!same && !is_users(own_type) && !is_users(type))
      return fires(types + ": values are compared across types.");
  }
  return kSilent;
}

}  // namespace schemadiff::engine::rules
