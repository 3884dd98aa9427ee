// Decides how enums, domains, composite and range types are altered, and replaced while columns use
// them.
#include <algorithm>
#include <set>

#include "diff/recreate.h"
#include "engine/lower/column_type.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

std::string alter_type(const ObjectId& id) { return "ALTER TYPE " + sql_name(id) + ' '; }
std::string alter_domain(const ObjectId& id) { return "ALTER DOMAIN " + sql_name(id) + ' '; }

// The names of the domain and of all that are over it.
std::set<std::string> names_over(const ObjectId& domain, const Catalog& catalog) {
  std::set<std::string> names{sql_name(domain)};
  for (std::size_t known = 0; known != names.size();) {
    known = names.size();
    for (const auto& [id, other] : catalog.domains)
      if (names.contains(other.base.sql)) names.insert(sql_name(id));
  }
  return names;
}

// Tables whose values the new rule of a domain is checked on (typecmds.c, get_rels_with_domain).
void lock_users(const Domain& domain, Op op, const Context& context, Operation& operation) {
  operation.op = op;
  const std::set<std::string> names = names_over(domain.id, context.from);
  const auto look = [&](const Object& relation, const auto& columns) {
    if (std::any_of(columns.begin(), columns.end(),
                    [&](const auto& column) { return names.contains(column.type.sql); }))
      operation.relations.push_back(sql_name(relation.id));
  };
  for (const auto& [id, table] : context.from.tables)
    if (table.server.empty() && table.partition_key.strategy.empty()) look(table, table.columns);
  for (const auto& [id, view] : context.from.materialized_views) look(view, view.columns);
}

}  // namespace

// typecmds.c, AlterEnum: a new value cannot be used before its transaction has committed (error
// 55P04).
void lower_alter(const Enum& before, const Enum& after, const diff::Change& change, const Context&,
                 Operations& operations) {
  if (!changed(change, "labels")) return;
  std::string previous;
  auto old = before.labels.begin();
  for (const std::string& label : after.labels) {
    if (old != before.labels.end() && *old == label) {
      ++old;
      previous = label;
      continue;
    }
    std::string sql = alter_type(after.id) + "ADD VALUE " + quote_literal(label);
    if (old != before.labels.end())
      sql +=
          previous.empty() ? " BEFORE " + quote_literal(*old) : " AFTER " + quote_literal(previous);
    Operation operation =
        make(Role::Alter, after, Phase::Expand, "The value " + quote_literal(label) + " is new.");
    operation.sql = {std::move(sql)};
    set_irreversible(
        operation, "PostgreSQL cannot take a value out of an enum; an unused value does no harm.");
    operation.op = Op::AddEnumValue;
    operation.own_transaction = true;
    operations.push_back(std::move(operation));
    previous = label;
  }
}

void lower_alter(const Domain& before, const Domain& after, const diff::Change& change,
                 const Context& context, Operations& operations) {
  const std::string alter = alter_domain(after.id);
  if (changed(change, "default")) {
    const auto sql = [&](const Domain& domain) {
      return alter + (domain.default_value.empty() ? "DROP DEFAULT"
                                                   : "SET DEFAULT " + domain.default_value.sql);
    };
    Operation operation = make(Role::Alter, after, Phase::Expand, "The domain's default differs.");
    operation.releases = before.refs;
    operation.sql = {sql(after)};
    operation.undo = {sql(before)};
    operations.push_back(std::move(operation));
  }
  if (changed(change, "not null")) {
    Operation operation = make(Role::Alter, after, after.not_null ? Phase::Contract : Phase::Expand,
                               after.not_null ? "Values of the domain shall not be NULL."
                                              : "Values of the domain may be NULL.");
    if (after.not_null) lock_users(after, Op::SetDomainNotNull, context, operation);
    operation.sql = {alter + (after.not_null ? "SET NOT NULL" : "DROP NOT NULL")};
    operation.undo = {alter + (after.not_null ? "DROP NOT NULL" : "SET NOT NULL")};
    operations.push_back(std::move(operation));
  }
  if (!changed(change, "constraints")) return;
  const auto find = [](const Domain& domain, const std::string& name) {
    const auto found = std::find_if(domain.constraints.begin(), domain.constraints.end(),
                                    [&](const auto& c) { return c.name == name; });
    return found == domain.constraints.end() ? nullptr : &*found;
  };
  const auto add = [&](const DomainConstraint& constraint) {
    return alter + "ADD CONSTRAINT " + quote_identifier(constraint.name) + " CHECK (" +
           constraint.check.sql + ")" + (constraint.validated ? "" : " NOT VALID");
  };
  const auto drop = [&](const DomainConstraint& constraint) {
    return alter + "DROP CONSTRAINT " + quote_identifier(constraint.name);
  };
  const auto comment = [&](const DomainConstraint& constraint) {
    return comment_statement(
        "CONSTRAINT " + quote_identifier(constraint.name) + " ON DOMAIN " + sql_name(after.id),
        constraint.comment);
  };
  const auto full_add = [&](const DomainConstraint& constraint) {
    Statements sql{add(constraint)};
    if (!constraint.comment.empty()) sql.push_back(comment(constraint));
    return sql;
  };
  for (const DomainConstraint& old : before.constraints) {
    const DomainConstraint* now = find(after, old.name);
    if (now && now->check == old.check && (now->validated || !old.validated)) continue;
    Operation operation = make(Role::Alter, after, now ? Phase::Contract : Phase::Expand,
                               "The domain's constraint " + quote_identifier(old.name) +
                                   (now ? " differs." : " is not in the desired schema."));
    operation.releases = before.refs;
    operation.sql = {drop(old)};
    operation.undo = full_add(old);
    operations.push_back(std::move(operation));
  }
  for (const DomainConstraint& now : after.constraints) {
    const DomainConstraint* old = find(before, now.name);
    const bool same = old && old->check == now.check && (now.validated || !old->validated);
    if (same && old->validated != now.validated) {
      Operation operation = make(Role::Alter, after, Phase::Contract,
                                 "The constraint shall be known to hold for all values.");
      lock_users(after, Op::ValidateDomainConstraint, context, operation);
      operation.sql = {alter + "VALIDATE CONSTRAINT " + quote_identifier(now.name)};
      operation.undo = {drop(now), add(*old)};
      operations.push_back(std::move(operation));
    }
    if (same && old->comment != now.comment) {
      Operation operation = make(Role::Detail, after, Phase::Expand, "The comment differs.");
      operation.sql = {comment(now)};
      operation.undo = {comment(*old)};
      operations.push_back(std::move(operation));
    }
    if (same) continue;
    Operation operation =
        make(Role::Alter, after, Phase::Contract,
             "The domain's constraint " + quote_identifier(now.name) + " is new.");
    operation.op = Op::AddDomainConstraint;
    if (now.validated) lock_users(after, Op::AddDomainConstraint, context, operation);
    operation.sql = full_add(now);
    operation.undo = {drop(now)};
    operations.push_back(std::move(operation));
  }
}

namespace {

// Typed tables, whose columns follow the type.
Statements tables_of(const Composite& type, const Context& context) {
  Statements tables;
  for (const auto& [id, table] : context.from.tables)
    if (table.of_type == QualifiedName{type.id.schema, type.id.name})
      tables.push_back(sql_name(id));
  return tables;
}

}  // namespace

void lower_alter(const Composite& before, const Composite& after, const diff::Change& change,
                 const Context& context, Operations& operations) {
  if (!changed(change, "attributes")) return;
  const std::string alter = alter_type(after.id);
  const Statements typed_tables = tables_of(after, context);
  const std::string carried = typed_tables.empty() ? "" : " CASCADE";  // to columns of typed tables
  const auto find = [](const Composite& type, const std::string& name) {
    const auto found = std::find_if(type.columns.begin(), type.columns.end(),
                                    [&](const auto& c) { return c.name == name; });
    return found == type.columns.end() ? nullptr : &*found;
  };
  const auto typed = [](const CompositeAttribute& attribute) {
    return attribute.type.sql +
           (attribute.collation.empty() ? "" : " COLLATE " + quote_qualified(attribute.collation));
  };
  const auto add = [&](const CompositeAttribute& attribute) {
    return alter + "ADD ATTRIBUTE " + quote_identifier(attribute.name) + ' ' + typed(attribute) +
           carried;
  };
  const auto drop = [&](const CompositeAttribute& attribute) {
    return alter + "DROP ATTRIBUTE " + quote_identifier(attribute.name) + carried;
  };
  const auto retype = [&](const CompositeAttribute& attribute) {
    return alter + "ALTER ATTRIBUTE " + quote_identifier(attribute.name) + " TYPE " +
           typed(attribute) + carried;
  };
  const auto comment = [&](const CompositeAttribute& attribute) {
    return comment_statement(
        "COLUMN " + sql_name(after.id) + '.' + quote_identifier(attribute.name), attribute.comment);
  };
  const auto push = [&](Phase phase, Op op, Op on_tables, std::string why, Statements sql,
                        Statements undo) {
    Operation operation = make(Role::Alter, after, phase, std::move(why));
    operation.op = op;
    operation.releases = before.refs;
    operation.sql = std::move(sql);
    operation.undo = std::move(undo);
    operation.relations = {sql_name(after.id)};
    operation.also = {{on_tables, typed_tables}};
    operations.push_back(std::move(operation));
  };
  for (const CompositeAttribute& old : before.columns) {
    if (find(after, old.name)) continue;
    push(Phase::Contract, Op::DropAttribute, Op::DropColumn,
         "The attribute " + quote_identifier(old.name) + " is not in the desired schema.",
         {drop(old)}, {add(old)});
    if (&old != &before.columns.back()) {
      set_irreversible(operations.back(),
                       "An attribute cannot be put back in its place, only at the end.");
    }
  }
  for (const CompositeAttribute& now : after.columns) {
    const CompositeAttribute* old = find(before, now.name);
    if (!old) {
      Statements sql{add(now)};
      if (!now.comment.empty()) sql.push_back(comment(now));
      push(Phase::Expand, Op::AddAttribute, Op::AddColumn,
           "The attribute " + quote_identifier(now.name) + " is new.", std::move(sql), {drop(now)});
      continue;
    }
    if (old->type != now.type || old->collation != now.collation) {
      const bool kept = old->collation == now.collation &&
                        classify_retype(old->type, now.type) == Retype::Compatible;
      push(Phase::Contract, Op::RetypeAttribute,
           kept ? Op::AlterColumnType : Op::AlterColumnTypeRewriting,
           "The type of attribute " + quote_identifier(now.name) + " differs.", {retype(now)},
           {retype(*old)});
      operations.back().retypes = true;
    }
    if (old->comment != now.comment)
      push(Phase::Expand, Op::CommentOn, Op::NoRelation, "The comment differs.", {comment(now)},
           {comment(*old)});
  }
}

void lower_alter(const Range&, const Range&, const diff::Change&, const Context&, Operations&) {}

bool has_column_users(const diff::Change& change, const Context& context) {
  switch (change.id.kind) {
    case Kind::Enum:
    case Kind::Domain:
    case Kind::Composite:
    case Kind::Range:
    case Kind::Collation:
      break;
    default:
      return false;
  }
  // one type may be in use through another (a domain over an enum), so all of them go the same way
  return std::any_of(context.changes.begin(), context.changes.end(), [](const auto& other) {
    return diff::retypes(other) && !other.because.empty();
  });
}

namespace {

// A range type's multirange and constructor functions keep their names when it is renamed.
void rename_range_parts(const Range& range, Statements& set_aside, Statements& put_back) {
  const QualifiedName multirange_aside{range.multirange.schema,
                                       old_type_name(range.multirange.name)};
  const QualifiedName name{range.id.schema, range.id.name};
  const QualifiedName aside{range.id.schema, old_type_name(range.id.name)};
  const auto rename = [&](const std::string& what, const QualifiedName& from,
                          const QualifiedName& to, const std::string& arguments_before,
                          const std::string& arguments_after) {
    set_aside.push_back("ALTER " + what + ' ' + quote_qualified(from) + arguments_before +
                        " RENAME TO " + quote_identifier(to.name));
    put_back.push_back("ALTER " + what + ' ' + quote_qualified(to) + arguments_after +
                       " RENAME TO " + quote_identifier(from.name));
  };
  rename("TYPE", range.multirange, multirange_aside, {}, {});
  const std::string subtype = range.subtype.sql;
  for (const std::string& arguments :
       {'(' + subtype + ", " + subtype + ')', '(' + subtype + ", " + subtype + ", text)"})
    rename("FUNCTION", name, aside, arguments, arguments);
  rename("FUNCTION", range.multirange, multirange_aside, "()", "()");
  rename("FUNCTION", range.multirange, multirange_aside, '(' + quote_qualified(aside) + ')',
         '(' + quote_qualified(name) + ')');
  rename("FUNCTION", range.multirange, multirange_aside,
         "(VARIADIC " + quote_qualified(aside) + "[])",
         "(VARIADIC " + quote_qualified(name) + "[])");
}

template <class T>
void replace_type(const T& before, const T& after, const diff::Change& change,
                  const Context& context, Operations& operations) {
  const std::string noun = before.id.kind == Kind::Collation ? "collation" : "type";
  ObjectId aside = before.id;
  aside.name = old_type_name(before.id.name);
  const std::string rename_aside = "ALTER " + std::string(kind_keyword(before.id.kind)) + ' ' +
                                   sql_name(before.id) + " RENAME TO " +
                                   quote_identifier(aside.name);
  const std::string rename_back = "ALTER " + std::string(kind_keyword(before.id.kind)) + ' ' +
                                  sql_name(aside) + " RENAME TO " +
                                  quote_identifier(before.id.name);
  Statements set_aside{rename_aside}, put_back{rename_back};
  if constexpr (std::is_same_v<T, Range>) rename_range_parts(before, set_aside, put_back);
  Operation rename =
      make(Role::Drop, before, Phase::Contract,
           "The " + noun +
               " cannot be altered in place; columns move from its old form to its new one.");
  rename.op = Op::SetTypeAside;
  rename.releases.clear();
  if (before.id.kind == Kind::Composite) rename.relations = {sql_name(before.id)};
  rename.sql = set_aside;
  rename.undo = put_back;
  rename.unproven = change.unproven;
  operations.push_back(std::move(rename));

  Operation create = make(Role::Make, after, Phase::Contract, "The " + noun + " in its new form.");
  T made = after;
  if (made.owner.empty()) made.owner = before.owner;
  create.sql = full_create(made, context.to, context.from);
  create.undo = {drop_sql(after)};
  create.op = Op::MakeTypeAnew;
  operations.push_back(std::move(create));

  Operation finish = make(Role::Finish, before, Phase::Contract,
                          "No column uses the " + noun + "'s old form any more.");
  finish.sql = {"DROP " + std::string(kind_keyword(before.id.kind)) + ' ' + sql_name(aside)};
  if (before.id.kind == Kind::Composite) {
    finish.op = Op::DropCompositeType;
    finish.relations = {sql_name(aside)};
  }
  finish.refs.clear();
  finish.releases = before.refs;
  T old = before;
  old.id = aside;
  if constexpr (std::is_same_v<T, Range>)
    old.multirange.name = old_type_name(before.multirange.name);
  // The old forms stand beside the new ones while undo runs, and its text has only the new name.
  if (std::any_of(before.refs.begin(), before.refs.end(), [&](const ObjectId& ref) {
        const diff::Change* other = context.change(ref);
        return other && other->action == diff::Action::Replace;
      })) {
    set_irreversible(finish, "The old form is made of another type that is replaced, too.");
  } else {
    finish.undo = full_create(old, context.from, context.from);
  }
  operations.push_back(std::move(finish));
}

}  // namespace

std::string old_type_name(std::string_view name) {
  constexpr std::string_view kSuffix = "__old";
  constexpr std::size_t kMaxName = 63;  // NAMEDATALEN - 1
  std::string text(name.substr(0, kMaxName - kSuffix.size()));
  while (!text.empty() && (name.size() > text.size()) &&
         (static_cast<unsigned char>(name[text.size()]) & 0xC0) == 0x80)
    text.pop_back();  // never half a character
  return text + std::string(kSuffix);
}

void lower_type_replacement(const diff::Change& change, const Context& context,
                            Operations& operations) {
  const auto run = [&]<class T>(const ObjectMap<T>& from, const ObjectMap<T>& to) {
    replace_type(from.at(change.id), to.at(change.id), change, context, operations);
  };
  switch (change.id.kind) {
    case Kind::Enum:
      return run(context.from.enums, context.to.enums);
    case Kind::Domain:
      return run(context.from.domains, context.to.domains);
    case Kind::Composite:
      return run(context.from.composites, context.to.composites);
    case Kind::Collation:
      return run(context.from.collations, context.to.collations);
    default:
      return run(context.from.ranges, context.to.ranges);
  }
}

}  // namespace schemadiff::engine
