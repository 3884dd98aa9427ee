// DDL of triggers.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string events(const Trigger& trigger) {
  std::vector<std::string> events;
  if (trigger.on_insert) events.push_back("INSERT");
  if (trigger.on_delete) events.push_back("DELETE");
  if (trigger.on_update)
    events.push_back(trigger.update_columns.empty()
                         ? "UPDATE"
                         : "UPDATE OF " + name_list(trigger.update_columns));
  if (trigger.on_truncate) events.push_back("TRUNCATE");
  return join(events, " OR ");
}

std::string arguments(const Trigger& trigger) {
  std::vector<std::string> literals;
  for (const std::string& argument : trigger.arguments) literals.push_back(quote_literal(argument));
  return '(' + join(literals, ", ") + ')';
}

}  // namespace

std::string enabled_sql(std::string_view alter, std::string_view keyword, char enabled) {
  std::string sql(alter);
  switch (enabled) {
    case 'D':
      sql += " DISABLE";
      break;
    case 'R':
      sql += " ENABLE REPLICA";
      break;
    case 'A':
      sql += " ENABLE ALWAYS";
      break;
    default:
      sql += " ENABLE";
  }
  return keyword.empty() ? sql : sql + ' ' + std::string(keyword);
}

std::string trigger_state_sql(const Trigger& trigger) {
  return enabled_sql("ALTER TABLE " + sql_parent(trigger.id), "TRIGGER", trigger.enabled) + ' ' +
         quote_identifier(trigger.id.name);
}

std::string partition_state_sql(const Trigger& trigger, const QualifiedName& partition) {
  return enabled_sql("ALTER TABLE ONLY " + quote_qualified(partition), "TRIGGER",
                     trigger.enabled_in(partition)) +
         ' ' + quote_identifier(trigger.id.name);
}

Statements create_sql(const Trigger& trigger) {
  std::string sql = trigger.constraint ? "CREATE CONSTRAINT TRIGGER " : "CREATE TRIGGER ";
  sql += quote_identifier(trigger.id.name) + "\n  " + trigger.timing + ' ' + events(trigger) +
         " ON " + sql_parent(trigger.id);
  if (!trigger.constraint_table.empty())
    sql += "\n  FROM " + quote_qualified(trigger.constraint_table);
  if (trigger.deferrable) sql += "\n  DEFERRABLE";
  if (trigger.initially_deferred) sql += " INITIALLY DEFERRED";
  if (!trigger.old_table.empty() || !trigger.new_table.empty()) {
    sql += "\n  REFERENCING";
    if (!trigger.old_table.empty()) sql += " OLD TABLE AS " + quote_identifier(trigger.old_table);
    if (!trigger.new_table.empty()) sql += " NEW TABLE AS " + quote_identifier(trigger.new_table);
  }
  sql += trigger.for_each_row ? "\n  FOR EACH ROW" : "\n  FOR EACH STATEMENT";
  if (!trigger.when.empty()) sql += "\n  WHEN " + parenthesized(trigger.when.sql);
  sql += "\n  EXECUTE FUNCTION " + quote_qualified(trigger.function) + arguments(trigger);

  Statements statements{sql};
  if (trigger.enabled != 'O') statements.push_back(trigger_state_sql(trigger));
  for (const PartitionState& state : trigger.partition_states)
    statements.push_back(partition_state_sql(trigger, state.partition));
  return statements;
}

}  // namespace schemadiff::schema
