// CREATE RULE (rewriteDefine.c).
#include "parser/statements/nodes.h"
#include "parser/statements/statements.h"
#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using schema::Rule;

std::string_view event_name(::CmdType event) {
  switch (event) {
    case CMD_UPDATE:
      return "UPDATE";
    case CMD_INSERT:
      return "INSERT";
    default:
      return "DELETE";
  }
}

// NOTIFY is no query.
schema::Expr action_of(const void* node) {
  if (!is(node, T_NotifyStmt)) return expr_of(node);
  const auto* notify = as<::NotifyStmt>(node);
  schema::Expr action;
  action.sql = "NOTIFY " + schema::quote_identifier(notify->conditionname);
  if (notify->payload) action.sql += ", " + schema::quote_literal(notify->payload);
  return action;
}

}  // namespace

void apply_create_rule(Context& context, const void* node) {
  const auto* statement = as<::RuleStmt>(node);
  Builder& builder = context.builder;
  const Relation& on = builder.relation(qualified(statement->relation), "relation");
  if (statement->event == CMD_SELECT) {
    add_unmodelled(context, "rule",
                   schema::quote_identifier(statement->rulename) + " on " +
                       schema::quote_qualified(qualified(statement->relation)));
    return;
  }
  Rule rule;
  rule.id = {schema::Kind::Rule,
             on.object->id.schema,
             on.object->id.name,
             schema::truncate_name(statement->rulename),
             {}};
  rule.span = context.span;
  rule.event = event_name(statement->event);
  rule.instead = statement->instead;
  rule.condition = expr_of(statement->whereClause);
  for (const auto* action : nodes<::Node>(statement->actions))
    rule.actions.push_back(action_of(action));
  const auto found = builder.catalog.rules.find(rule.id);
  if (!statement->replace || found == builder.catalog.rules.end()) {
    builder.add(std::move(rule));
    return;
  }
  rule.comment = std::move(found->second.comment);
  rule.enabled = found->second.enabled;
  rule.search_path = builder.path;
  found->second = std::move(rule);
}

}  // namespace schemadiff::parser
