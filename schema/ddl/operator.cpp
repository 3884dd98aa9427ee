// DDL of operators, operator families and operator classes.
#include <algorithm>
#include <array>

#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string operator_path(const QualifiedName& op) {
  return op.schema.empty() ? op.name : quote_identifier(op.schema) + '.' + op.name;
}

std::string estimator(const QualifiedName& function) {
  return function.empty() ? "NONE" : quote_qualified(function);
}

std::string member_types(const FamilyMember& member) {
  if (member.right.empty()) return '(' + member.left.sql + ')';
  return '(' + (member.left.empty() ? "NONE" : member.left.sql) + ", " + member.right.sql + ')';
}

std::string member_definition(const FamilyMember& member) {
  const std::string number = std::to_string(member.number) + ' ';
  if (member.is_function)
    return "FUNCTION " + number + member_types(member) + ' ' + quote_qualified(member.name) + '(' +
           member.args + ')';
  std::string sql = "OPERATOR " + number + operator_path(member.name) + ' ' + member_types(member);
  if (!member.order_by.empty()) sql += " FOR ORDER BY " + quote_qualified(member.order_by);
  return sql;
}

std::string member_list(const std::vector<std::string>& members) {
  return "\n  " + join(members, ",\n  ");
}

}  // namespace

// amadjustmembers of the access methods (nbtvalidate.c, hashvalidate.c, gistvalidate.c, …)
bool is_loose_member(std::string_view method, const FamilyMember& member) {
  const auto required = [&](std::initializer_list<int> numbers) {
    return member.is_function &&
           std::find(numbers.begin(), numbers.end(), member.number) != numbers.end();
  };
  if (method == "btree" || method == "hash")
    return member.left != member.right || (member.is_function && member.number != 1);
  if (method == "gist") return !required({1, 2, 5, 6, 7});
  if (method == "gin") return !required({2, 3});
  if (method == "spgist") return !required({1, 2, 3, 4, 5});
  return false;
}

std::string show(const FamilyMember& member) { return member_definition(member); }

Statements create_sql(const Operator& op) {
  std::vector<std::string> parts{"FUNCTION = " + quote_qualified(op.function)};
  if (!op.left.empty()) parts.push_back("LEFTARG = " + op.left.sql);
  parts.push_back("RIGHTARG = " + op.right.sql);
  if (!op.commutator.empty())
    parts.push_back("COMMUTATOR = OPERATOR(" + operator_path(op.commutator) + ')');
  if (!op.negator.empty()) parts.push_back("NEGATOR = OPERATOR(" + operator_path(op.negator) + ')');
  if (!op.restrict_estimator.empty())
    parts.push_back("RESTRICT = " + estimator(op.restrict_estimator));
  if (!op.join_estimator.empty()) parts.push_back("JOIN = " + estimator(op.join_estimator));
  if (op.hashes) parts.emplace_back("HASHES");
  if (op.merges) parts.emplace_back("MERGES");
  return {"CREATE OPERATOR " + operator_path({op.id.schema, op.id.name}) + " (\n  " +
          join(parts, ",\n  ") + "\n)"};
}

std::string operator_estimators_sql(const Operator& op) {
  return "ALTER OPERATOR " + sql_name(op.id) +
         " SET (RESTRICT = " + estimator(op.restrict_estimator) +
         ", JOIN = " + estimator(op.join_estimator) + ')';
}

Statements family_members_sql(const OperatorFamily& family, const std::vector<FamilyMember>& before,
                              const std::vector<FamilyMember>& after) {
  const std::string alter = "ALTER OPERATOR FAMILY " + sql_name(family.id);
  const auto missing_in = [](const std::vector<FamilyMember>& list, const FamilyMember& member) {
    return !std::binary_search(list.begin(), list.end(), member);
  };
  std::vector<std::string> gone, added;
  for (const FamilyMember& member : before)
    if (missing_in(after, member))
      gone.push_back((member.is_function ? "FUNCTION " : "OPERATOR ") +
                     std::to_string(member.number) + ' ' + member_types(member));
  for (const FamilyMember& member : after)
    if (missing_in(before, member)) added.push_back(member_definition(member));
  Statements statements;
  if (!gone.empty()) statements.push_back(alter + " DROP" + member_list(gone));
  if (!added.empty()) statements.push_back(alter + " ADD" + member_list(added));
  return statements;
}

Statements create_sql(const OperatorFamily& family) {
  Statements statements{"CREATE OPERATOR FAMILY " + sql_name(family.id)};
  for (std::string& sql : family_members_sql(family, {}, family.members))
    statements.push_back(std::move(sql));
  return statements;
}

Statements create_sql(const OperatorClass& opclass) {
  std::string sql =
      "CREATE OPERATOR CLASS " + quote_qualified({opclass.id.schema, opclass.id.name});
  if (opclass.is_default) sql += "\n  DEFAULT";
  sql += "\n  FOR TYPE " + opclass.type.sql + " USING " + quote_identifier(opclass.id.args) +
         "\n  FAMILY " + quote_qualified(opclass.family) + " AS";
  std::vector<std::string> members;
  for (const FamilyMember& member : opclass.members) members.push_back(member_definition(member));
  // There has to be something; a class has its own type as its storage where none is said.
  if (!opclass.storage.empty() || members.empty())
    members.push_back("STORAGE " + (opclass.storage.empty() ? opclass.type : opclass.storage).sql);
  return {sql + member_list(members)};
}

}  // namespace schemadiff::schema
