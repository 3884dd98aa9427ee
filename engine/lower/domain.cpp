// Decides how domains are altered: what a domain no longer says goes first, and what is new comes
// last, for a function in between may go and come, too.
#include <algorithm>
#include <set>

#include "diff/replace.h"
#include "engine/lower/lower.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

std::string alter_domain(const ObjectId& id) { return "ALTER DOMAIN " + sql_name(id) + ' '; }

// Before version 17 the constraint has no name, and no comment.
Statements set_not_null(const Domain& domain, int version) {
  const std::string alter = alter_domain(domain.id);
  if (!domain.not_null) return {alter + "DROP NOT NULL"};
  if (version < 17) return {alter + "SET NOT NULL"};
  Statements sql{alter + "ADD " + domain_not_null(domain)};
  if (!domain.not_null_comment.empty())
    sql.push_back(comment_statement(domain_constraint_address(domain, not_null_name(domain)),
                                    domain.not_null_comment));
  return sql;
}

// What is replaced under a domain's default or check, which has to make way for it: what its text
// names, and casts, which it may use without a name.
std::vector<ObjectId> replaced_under(const Expr& rule, const diff::Change& change) {
  std::vector<ObjectId> replaced;
  if (rule.empty()) return replaced;
  for (const ObjectId& id : change.because) {
    const std::string& name = id.parent.empty() ? id.name : id.parent;
    if (id.kind == Kind::Cast || rule.sql.find(name) != std::string::npos ||
        rule.sql.find(quote_identifier(name)) != std::string::npos)
      replaced.push_back(id);
  }
  return replaced;
}

// Tables whose values the new rule of a domain is checked on (typecmds.c, get_rels_with_domain).
void lock_users(const Domain& domain, Op op, const Context& context, Operation& operation) {
  operation.op = op;
  const std::set<std::string> names = diff::names_over(domain.id, context.from);
  operation.size = Size::New;
  const auto look = [&](const Object& relation, const auto& columns) {
    if (std::none_of(columns.begin(), columns.end(),
                     [&](const auto& column) { return names.contains(column.type.sql); }))
      return;
    operation.relations.push_back(sql_name(relation.id));
    operation.size =
        std::max(*operation.size, context.size({relation.id.schema, relation.id.name}));
  };
  for (const auto& [id, table] : context.from.tables)
    if (table.server.empty() && table.partition_key.strategy.empty()) look(table, table.columns);
  for (const auto& [id, view] : context.from.materialized_views) look(view, view.columns);
}

class DomainAlteration {
 public:
  DomainAlteration(const Domain& before, const Domain& after, const diff::Change& change,
                   const Context& context, Operations& operations)
      : before_(before),
        after_(after),
        change_(change),
        context_(context),
        operations_(operations),
        alter_(alter_domain(after.id)) {}

  void run() {
    drop_default();
    drop_constraints();
    set_default();
    change_not_null();
    for (const DomainConstraint& now : after_.constraints) {
      const DomainConstraint* old = find(before_, now.name);
      if (old && stays(*old, now))
        change_constraint(*old, now);
      else
        add_constraint(now, old && old->check == now.check);
    }
  }

 private:
  static const DomainConstraint* find(const Domain& domain, const std::string& name) {
    const auto found = std::find_if(domain.constraints.begin(), domain.constraints.end(),
                                    [&](const auto& c) { return c.name == name; });
    return found == domain.constraints.end() ? nullptr : &*found;
  }
  bool makes_way(const Expr& rule) const { return !replaced_under(rule, change_).empty(); }
  bool stays(const DomainConstraint& old, const DomainConstraint& now) const {
    return now.check == old.check && (now.validated || !old.validated) && !makes_way(old.check);
  }
  std::string why_it_goes(const Expr& rule) const {
    return " refers to " + listed(replaced_under(rule, change_)) + ", which changes under it.";
  }

  Statements default_sql(const Domain& domain) const {
    if (domain.default_value.empty()) return {alter_ + "DROP DEFAULT"};
    return {alter_ + "SET DEFAULT " + domain.default_value.sql};
  }
  std::string add(const DomainConstraint& constraint, bool validated) const {
    return alter_ + "ADD CONSTRAINT " + quote_identifier(constraint.name) + " CHECK (" +
           constraint.check.sql + ")" + (validated ? "" : " NOT VALID");
  }
  std::string drop(const DomainConstraint& constraint) const {
    return alter_ + "DROP CONSTRAINT " + quote_identifier(constraint.name);
  }
  std::string comment(const DomainConstraint& constraint) const {
    return comment_statement(domain_constraint_address(after_, constraint.name),
                             constraint.comment);
  }
  Statements full_add(const DomainConstraint& constraint, bool validated) const {
    Statements sql{add(constraint, validated)};
    if (!constraint.comment.empty()) sql.push_back(comment(constraint));
    return sql;
  }

  // Of a rule that is given up.
  void undo_by(Operation& operation, Statements undo) const {
    if (diff::is_in_parts_of_columns(before_, context_.from))
      set_irreversible(operation,
                       "The server takes no new rule of a domain whose values stand in arrays or "
                       "rows of columns.");
    else
      operation.undo = std::move(undo);
  }

  void push(Operation operation) { operations_.push_back(std::move(operation)); }

  // What a domain gives up waits for nothing that its new definition refers to.
  Operation removal(Phase phase, std::string why) const {
    Operation operation = make(Role::Alter, after_, phase, std::move(why));
    operation.releases = before_.refs;
    operation.refs.clear();
    return operation;
  }

  void drop_default() {
    if (!makes_way(before_.default_value)) return;
    Operation operation =
        removal(Phase::Contract, "The domain's default" + why_it_goes(before_.default_value));
    operation.sql = {alter_ + "DROP DEFAULT"};
    operation.undo = default_sql(before_);
    push(std::move(operation));
  }

  void set_default() {
    const bool again = makes_way(before_.default_value);
    if (again ? after_.default_value.empty() : !changed(change_, "default")) return;
    Operation operation =
        make(Role::Alter, after_, Phase::Expand,
             again ? "The domain's default is set again." : "The domain's default differs.");
    if (!again) operation.releases = before_.refs;
    operation.sql = default_sql(after_);
    operation.undo = again ? Statements{alter_ + "DROP DEFAULT"} : default_sql(before_);
    push(std::move(operation));
  }

  void change_not_null() {
    if (changed(change_, "not null")) {
      Operation operation =
          make(Role::Alter, after_, after_.not_null ? Phase::Contract : Phase::Expand,
               after_.not_null ? "Values of the domain shall not be NULL."
                               : "Values of the domain may be NULL.");
      if (after_.not_null) lock_users(after_, Op::SetDomainNotNull, context_, operation);
      operation.sql = set_not_null(after_, context_.from.server_version);
      const Statements undo = set_not_null(before_, context_.from.server_version);
      if (after_.not_null)
        operation.undo = undo;
      else
        undo_by(operation, undo);
      push(std::move(operation));
    }
    if (!before_.not_null || !after_.not_null) return;
    if (changed(change_, "not null name")) {
      const std::string old_name = quote_identifier(not_null_name(before_));
      const std::string new_name = quote_identifier(not_null_name(after_));
      Operation operation =
          make(Role::Alter, after_, Phase::Expand, "The NOT NULL constraint has another name.");
      operation.sql = {alter_ + "RENAME CONSTRAINT " + old_name + " TO " + new_name};
      operation.undo = {alter_ + "RENAME CONSTRAINT " + new_name + " TO " + old_name};
      push(std::move(operation));
    }
    if (changed(change_, "not null comment")) {
      const std::string address = domain_constraint_address(after_, not_null_name(after_));
      Operation operation = make(Role::Detail, after_, Phase::Expand, "The comment differs.");
      operation.sql = {comment_statement(address, after_.not_null_comment)};
      operation.undo = {comment_statement(address, before_.not_null_comment)};
      push(std::move(operation));
    }
  }

  void drop_constraints() {
    for (const DomainConstraint& old : before_.constraints) {
      const DomainConstraint* now = find(after_, old.name);
      if (now && stays(old, *now)) continue;
      Operation operation = removal(now ? Phase::Contract : Phase::Expand,
                                    "The domain's constraint " + quote_identifier(old.name) +
                                        (!now                   ? " is not in the desired schema."
                                         : makes_way(old.check) ? why_it_goes(old.check)
                                                                : " differs."));
      operation.sql = {drop(old)};
      undo_by(operation, full_add(old, old.validated));
      push(std::move(operation));
    }
  }

  void change_constraint(const DomainConstraint& old, const DomainConstraint& now) {
    if (old.validated != now.validated) validate(now, {drop(now), add(old, old.validated)});
    if (old.comment == now.comment) return;
    Operation operation = make(Role::Detail, after_, Phase::Expand, "The comment differs.");
    operation.sql = {comment(now)};
    operation.undo = {comment(old)};
    push(std::move(operation));
  }

  // Made again, it is in force at once, in the transaction that takes it away.
  void add_constraint(const DomainConstraint& now, bool again) {
    const bool validated = now.validated && !again;
    Operation operation = make(Role::Alter, after_, Phase::Contract,
                               "The domain's constraint " + quote_identifier(now.name) +
                                   (again ? " is made again." : " is new."));
    operation.op = Op::AddDomainConstraint;
    if (validated) lock_users(after_, Op::AddDomainConstraint, context_, operation);
    operation.sql = full_add(now, validated);
    operation.undo = {drop(now)};
    push(std::move(operation));
    if (validated != now.validated) validate(now, {});
  }

  void validate(const DomainConstraint& now, Statements undo) {
    Operation operation = make(Role::Alter, after_, Phase::Contract,
                               "The constraint shall be known to hold for all values.");
    lock_users(after_, Op::ValidateDomainConstraint, context_, operation);
    operation.sql = {alter_ + "VALIDATE CONSTRAINT " + quote_identifier(now.name)};
    operation.undo = std::move(undo);
    if (operation.undo.empty()) operation.undo_note = "Nothing to undo: it changes no data.";
    push(std::move(operation));
  }

  const Domain& before_;
  const Domain& after_;
  const diff::Change& change_;
  const Context& context_;
  Operations& operations_;
  const std::string alter_;
};

}  // namespace

void lower_alter(const Domain& before, const Domain& after, const diff::Change& change,
                 const Context& context, Operations& operations) {
  DomainAlteration(before, after, change, context, operations).run();
}

}  // namespace schemadiff::engine
