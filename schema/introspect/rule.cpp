// Rewrite rules.
#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

std::string_view event_name(char type) {
  switch (type) {
    case '2':
      return "UPDATE";
    case '3':
      return "INSERT";
    default:
      return "DELETE";
  }
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text = without_blanks(text.substr(word.size()));
  return true;
}

std::vector<std::string_view> split_statements(std::string_view list) {
  std::vector<std::string_view> statements;
  for (std::size_t end; (end = find_outside(list, ";")) < list.size();) {
    statements.push_back(without_blanks(list.substr(0, end)));
    list.remove_prefix(end + 1);
  }
  return statements;
}

// ruleutils.c, make_ruledef: … [WHERE condition] DO [INSTEAD] {NOTHING | action | (action; …)};
void read_definition(std::string_view text, Rule& rule) {
  text = text.substr(find_outside(text, " TO "));
  const std::size_t action = find_outside(text, " DO");
  const std::size_t where = find_outside(text.substr(0, action), " WHERE ");
  if (where < action)
    rule.condition.sql = without_blanks(text.substr(where + 7, action - where - 7));
  text = without_blanks(text.substr(action + 3));
  if (!take(text, "INSTEAD ")) take(text, "INSTEAD\n");  // that before NOTIFY
  std::vector<std::string_view> statements = split_statements(text);
  if (statements.size() == 1 && statements[0] == "NOTHING") return;
  const bool list = text.starts_with('(') && closing_parenthesis(text, 0) + 2 == text.size();
  if (list && find_outside(text.substr(1), ";") < text.size() - 1)
    statements = split_statements(text.substr(1, text.size() - 3));
  for (std::string_view statement : statements) {
    Expr& added = rule.actions.emplace_back();
    added.sql = statement;
  }
}

}  // namespace

void read_rules(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    const RelationRow* relation = reading.relation(rows.oid());
    if (!relation || reading.is_member({catalogs::kRewrite, oid})) continue;
    Rule rule;
    rule.id = child_id(Kind::Rule, relation->name, rows.text());
    rule.event = event_name(rows.letter());
    rule.instead = rows.flag();
    rule.enabled = rows.letter();
    read_definition(rows.view(), rule);
    reading.describe(rule, {catalogs::kRewrite, oid});
    add(reading.catalog.rules, std::move(rule));
  }
}

}  // namespace schemadiff::schema::introspection
