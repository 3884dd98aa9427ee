// What the role may not do of that which a plan does.
#include <fmt/format.h>

#include <algorithm>

#include "engine/apply/preflight.h"
#include "schema/quote.h"

namespace schemadiff::engine {
namespace {

using schema::Kind;
using schema::quote_literal;
using schema::introspection::Rows;

struct Need {
  std::string step;
  std::string_view what;  // a case of kMay
  std::string name;       // quoted, qualified
};

// Who may alter a relation or type is its owner, and whoever has the owner's privileges; the owner
// of its schema may drop it (aclchk.c, object_ownercheck; dependency.c leaves it at that).
// to_regtype fails for a type that is only a shell.
constexpr std::string_view kMay = R"(
SELECT string_agg(step, ', ' ORDER BY n), need, name, pg_get_userbyid(owner) FROM (
  SELECT w.*, c.relowner AS owner, pg_has_role(c.relowner, 'USAGE')
      OR (need = 'drop' AND pg_has_role(s.nspowner, 'USAGE'))
      OR (need = 'trigger' AND has_table_privilege(c.oid, 'TRIGGER'))
      OR (need = 'update' AND has_table_privilege(c.oid, 'UPDATE')) AS may
    FROM needed w JOIN pg_class c ON c.oid = to_regclass(name)
    JOIN pg_namespace s ON s.oid = c.relnamespace
    WHERE need IN ('alter', 'drop', 'trigger', 'update')
  UNION ALL
  SELECT w.*, t.typowner, pg_has_role(t.typowner, 'USAGE')
    FROM needed w JOIN pg_type t ON t.typnamespace::regnamespace || '.' ||
      quote_ident(t.typname) = name WHERE need = 'type'
  UNION ALL
  SELECT w.*, s.nspowner, has_schema_privilege(s.oid, 'CREATE')
    FROM needed w JOIN pg_namespace s ON s.oid = to_regnamespace(name) WHERE need = 'schema'
  UNION ALL
  SELECT w.*, d.datdba, has_database_privilege(d.oid, 'CREATE')
    FROM needed w JOIN pg_database d ON d.datname = current_database() WHERE need = 'database'
) AS looked_up WHERE NOT may GROUP BY need, name, owner ORDER BY min(n))";

bool is_relation(Kind kind) {
  return kind == Kind::Table || kind == Kind::View || kind == Kind::MaterializedView ||
         kind == Kind::Sequence || kind == Kind::Index || kind == Kind::Statistics;
}

// The privileges of GRANT and REVOKE may come from others than the owner.
bool is_about_privileges(const std::string& statement) {
  return statement.starts_with("GRANT ") || statement.starts_with("REVOKE ");
}

void add_needs(const Step& step, const std::string& statement, std::vector<Need>& needs) {
  if (is_about_privileges(statement)) return;
  const schema::ObjectId& id = step.object;
  const bool makes = statement.starts_with("CREATE ");
  const std::string name = schema::quote_qualified({id.schema, id.name});
  if (step.backfill) {
    needs.push_back({step.id, "update", schema::quote_qualified(step.backfill->table)});
  } else if (!id.parent.empty()) {
    needs.push_back({step.id, id.kind == Kind::Trigger && makes ? "trigger" : "alter",
                     schema::quote_qualified({id.schema, id.parent})});
  } else if (makes && id.kind == Kind::Schema) {
    needs.push_back({step.id, "database", {}});
  } else if (makes && !id.schema.empty()) {
    needs.push_back({step.id, "schema", schema::quote_identifier(id.schema)});
    if (id.kind == Kind::Index || statement.starts_with("CREATE OR REPLACE VIEW "))
      for (const std::string& relation : step.lock.relations)
        needs.push_back({step.id, "alter", relation});
  } else if (is_relation(id.kind)) {
    needs.push_back({step.id, statement.starts_with("DROP ") ? "drop" : "alter", name});
  } else if (schema::is_type(id.kind)) {
    needs.push_back({step.id, "type", name});
  }
}

std::string in_words(std::string_view need, const std::string& name) {
  if (need == "database") return "make a schema in this database";
  if (need == "schema") return "make anything in schema " + name;
  if (need == "type") return "alter type " + name;
  if (need == "trigger") return "put a trigger on " + name;
  return fmt::format("{} {}", need, name);
}

std::string way_out(std::string_view need, const std::string& name, const std::string& owner,
                    const std::string& role) {
  const std::string to = " TO " + schema::quote_identifier(role);
  if (need == "schema") return "GRANT CREATE ON SCHEMA " + name + to;
  if (need == "database") return "GRANT CREATE on the database" + to;
  return "connect as its owner, or GRANT " + schema::quote_identifier(owner) + to;
}

}  // namespace

std::vector<Finding> find_lacking_privileges(Session& session,
                                             const std::vector<const Step*>& steps) {
  std::vector<Need> needs;
  for (const Step* step : steps)
    if (!step->sql.empty()) add_needs(*step, step->sql.front(), needs);
  if (needs.empty()) return {};
  std::string values;
  for (std::size_t i = 0; i < needs.size(); ++i)
    values += fmt::format("{}({}, {}, {}, {})", i ? ", " : "", i, quote_literal(needs[i].step),
                          quote_literal(needs[i].what), quote_literal(needs[i].name));
  Rows role = session.execute("SELECT current_user");
  role.next();
  const std::string me = role.text();
  Rows rows = session.execute("WITH needed(n, step, need, name) AS (VALUES " + values + ")" +
                              std::string(kMay));
  std::vector<Finding> findings;
  while (rows.next()) {
    const std::string at = rows.text();
    const std::string need = rows.text();
    const std::string name = rows.text();
    const std::string owner = rows.text();
    findings.push_back({true,
                        fmt::format("role {} may not {} ({}), which belongs to {}", me,
                                    in_words(need, name), at, owner),
                        way_out(need, name, owner, me)});
  }
  return findings;
}

}  // namespace schemadiff::engine
