// GRANT and REVOKE: the fewest statements between two sets of privileges.
#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

constexpr std::array<std::string_view, 11> kOrder{"SELECT",   "INSERT",     "UPDATE",  "DELETE",
                                                  "TRUNCATE", "REFERENCES", "TRIGGER", "EXECUTE",
                                                  "CREATE",   "USAGE",      "MAINTAIN"};

// Of a table; with all of them, MAINTAIN of version 17 included, ALL is what every version
// understands.
constexpr std::size_t kAllOfTable = 8;

struct Held {
  bool before = false, after = false;
  bool before_option = false, after_option = false;
};

// By place in kOrder, so that statements list privileges in one order.
using HeldByPrivilege = std::map<std::pair<std::size_t, std::string>, Held>;

std::pair<std::size_t, std::string> privilege_key(const std::string& privilege) {
  const auto place = std::find(kOrder.begin(), kOrder.end(), privilege);
  return {static_cast<std::size_t>(place - kOrder.begin()), privilege};
}

class GrantWriter {
 public:
  GrantWriter(std::string_view target, std::string_view column, std::string_view owner)
      : target_(target), column_(column), owner_(owner) {}

  template <class Wanted>
  void add(std::string_view grantee, const HeldByPrivilege& held, std::string_view verb,
           std::string_view preposition, std::string_view suffix, Wanted wanted) {
    std::vector<std::string> privileges;
    for (const auto& [key, state] : held)
      if (wanted(state)) privileges.push_back(key.second + column_);
    if (privileges.empty()) return;
    if (privileges.size() == kAllOfTable) privileges = {"ALL"};
    statements_.push_back(std::string(verb) + ' ' + join(privileges, ", ") + " ON " + target_ +
                          ' ' + std::string(preposition) + ' ' + role(grantee) +
                          std::string(suffix));
  }

  Statements take() { return std::move(statements_); }

 private:
  std::string role(std::string_view grantee) const {
    if (!grantee.empty()) return role_name(grantee);
    return owner_.empty() ? "CURRENT_USER" : role_name(owner_);
  }

  std::string target_, column_, owner_;
  Statements statements_;
};

std::vector<Grant> grants(std::string grantee, std::initializer_list<const char*> privileges) {
  std::vector<Grant> list;
  for (const char* privilege : privileges) list.push_back({grantee, privilege, false});
  return list;
}

}  // namespace

Statements grant_sql(const std::vector<Grant>& before, const std::vector<Grant>& after,
                     std::string_view target, std::string_view column, std::string_view owner) {
  std::map<std::string, HeldByPrivilege> grantees;
  for (const Grant& grant : before) {
    Held& held = grantees[grant.grantee][privilege_key(grant.privilege)];
    held.before = true;
    held.before_option = held.before_option || grant.grantable;
  }
  for (const Grant& grant : after) {
    Held& held = grantees[grant.grantee][privilege_key(grant.privilege)];
    held.after = true;
    held.after_option = held.after_option || grant.grantable;
  }
  const std::string columns = column.empty() ? "" : " (" + std::string(column) + ')';
  GrantWriter writer(target, columns, owner);
  for (const auto& [grantee, held] : grantees) {
    writer.add(grantee, held, "REVOKE", "FROM", "",
               [](const Held& h) { return h.before && !h.after; });
    writer.add(grantee, held, "REVOKE GRANT OPTION FOR", "FROM", "",
               [](const Held& h) { return h.before_option && h.after && !h.after_option; });
  }
  for (const auto& [grantee, held] : grantees) {
    const auto is_new = [](const auto& entry) {
      return entry.second.after && !entry.second.before;
    };
    const auto has_option = [](const auto& entry) { return entry.second.after_option; };
    const bool all_first = std::ranges::count_if(held, is_new) == kAllOfTable &&
                           !std::ranges::all_of(held, has_option);
    writer.add(grantee, held, "GRANT", "TO", "", [&](const Held& h) {
      return h.after && !h.before && (all_first || !h.after_option);
    });
    writer.add(grantee, held, "GRANT", "TO", " WITH GRANT OPTION",
               [](const Held& h) { return h.after_option && !h.before_option; });
  }
  return writer.take();
}

void apply_member_grant(const MemberGrant& grant, const std::string& owner,
                        const std::string& current, std::vector<Grant>& acl) {
  for (const std::string& written : grant.grantees) {
    const std::string& role = written == kCurrentUser && !current.empty() ? current : written;
    const bool is_owner = role == owner || role == kCurrentUser;
    for (const std::string& privilege : grant.privileges)
      change_acl(acl, grant.is_grant, grant.grant_option, is_owner ? std::string() : role,
                 privilege);
  }
}

void change_acl(std::vector<Grant>& acl, bool is_grant, bool grant_option,
                const std::string& grantee, const std::string& privilege) {
  const auto at = std::find_if(acl.begin(), acl.end(), [&](const Grant& grant) {
    return grant.grantee == grantee && grant.privilege == privilege;
  });
  if (is_grant) {
    if (at == acl.end()) {
      const Grant grant{grantee, privilege, grant_option};
      acl.insert(std::lower_bound(acl.begin(), acl.end(), grant), grant);
    } else {
      at->grantable = at->grantable || grant_option;
    }
  } else if (at != acl.end()) {
    if (grant_option) {
      at->grantable = false;
    } else {
      acl.erase(at);
    }
  }
}

std::vector<Grant> with_owner(std::vector<Grant> acl, std::string_view owner) {
  std::vector<Grant> own;
  std::erase_if(acl, [&](const Grant& grant) {
    if (grant.grantee != owner) return false;
    own.push_back({{}, grant.privilege, grant.grantable});
    return true;
  });
  return united(acl, own);
}

void for_each_column_acl(const std::vector<ColumnAcl>& before, const std::vector<ColumnAcl>& after,
                         const std::function<void(const std::string&, const std::vector<Grant>&,
                                                  const std::vector<Grant>&)>& visit) {
  std::map<std::string_view, std::array<const std::vector<Grant>*, 2>> columns;
  for (const ColumnAcl& column : before) columns[column.column][0] = &column.acl;
  for (const ColumnAcl& column : after) columns[column.column][1] = &column.acl;
  const std::vector<Grant> none;
  for (const auto& [name, sides] : columns)
    visit(std::string(name), sides[0] ? *sides[0] : none, sides[1] ? *sides[1] : none);
}

std::string grant_target(const Object& object) {
  switch (object.id.kind) {
    case Kind::Schema:
    case Kind::Sequence:
    case Kind::Routine:
      return sql_address(object.id, ddl_keyword(object));
    case Kind::ForeignDataWrapper:
    case Kind::Language:
      return sql_address(object.id);
    case Kind::ForeignServer:
      return sql_address(object.id, "FOREIGN SERVER");
    case Kind::Enum:
    case Kind::Domain:
    case Kind::Composite:
    case Kind::Range:
    case Kind::BaseType:
      return sql_address(object.id, "TYPE");
    case Kind::Table:
    case Kind::View:
    case Kind::MaterializedView:
      return sql_address(object.id, "TABLE");
    case Kind::Aggregate: {
      ObjectId function = object.id;
      function.kind = Kind::Routine;
      return sql_address(function);
    }
    default:
      return {};
  }
}

std::string column_grant_target(const Object& object) { return "TABLE " + sql_name(object.id); }

std::string identity_target(const Column& column) {
  return "SEQUENCE " + quote_qualified(column.identity_sequence);
}

std::vector<Grant> identity_acl(const Column& column) {
  return column.identity_acl.empty() ? default_acl(Kind::Sequence) : *column.identity_acl;
}

Statements column_grants_sql(const Column& column, std::string_view target, std::string_view owner,
                             const std::vector<Grant>& sequence_acl) {
  Statements sql = grant_sql({}, column.acl, target, quote_identifier(column.name), owner);
  if (column.identity)
    append(sql, grant_sql(sequence_acl, identity_acl(column), identity_target(column), {}, owner));
  return sql;
}

Statements column_grants_sql(const Object& object, std::string_view owner,
                             const std::vector<Grant>& sequence_acl) {
  Statements sql;
  if (object.id.kind == Kind::Table)
    for (const Column& column : static_cast<const Table&>(object).columns)
      append(sql, column_grants_sql(column, column_grant_target(object), owner, sequence_acl));
  for (const ColumnAcl& column : *object.column_acls)
    append(sql, grant_sql({}, column.acl, column_grant_target(object),
                          quote_identifier(column.column), owner));
  return sql;
}

std::vector<Grant> default_acl(Kind kind) {
  switch (kind) {
    case Kind::Table:
    case Kind::View:
    case Kind::MaterializedView:
      return grants("",
                    {"DELETE", "INSERT", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE"});
    case Kind::Sequence:
      return grants("", {"SELECT", "UPDATE", "USAGE"});
    case Kind::Schema:
      return grants("", {"CREATE", "USAGE"});
    case Kind::ForeignDataWrapper:
    case Kind::ForeignServer:
      return grants("", {"USAGE"});
    case Kind::Routine:
    case Kind::Aggregate:
      return {{"", "EXECUTE", false}, {"public", "EXECUTE", false}};
    case Kind::Language:
    case Kind::Enum:
    case Kind::Domain:
    case Kind::Composite:
    case Kind::Range:
    case Kind::BaseType:
      return {{"", "USAGE", false}, {"public", "USAGE", false}};
    default:
      return {};
  }
}

}  // namespace schemadiff::schema
