// DDL of event triggers.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {

std::string event_trigger_state_sql(const EventTrigger& trigger) {
  return enabled_sql("ALTER EVENT TRIGGER " + sql_name(trigger.id), {}, trigger.enabled);
}

Statements create_sql(const EventTrigger& trigger) {
  std::string sql = "CREATE EVENT TRIGGER " + sql_name(trigger.id) + " ON " + trigger.event;
  if (!trigger.tags.empty()) {
    std::vector<std::string> tags;
    for (const std::string& tag : trigger.tags) tags.push_back(quote_literal(tag));
    sql += "\n  WHEN TAG IN (" + join(tags, ", ") + ')';
  }
  sql += "\n  EXECUTE FUNCTION " + quote_qualified(trigger.function) + "()";
  Statements statements{sql};
  if (trigger.enabled != 'O') statements.push_back(event_trigger_state_sql(trigger));
  return statements;
}

}  // namespace schemadiff::schema
