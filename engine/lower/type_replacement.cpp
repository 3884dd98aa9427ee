// Decides how types and collations are replaced while columns use them.
#include <algorithm>

#include "diff/recreate.h"
#include "engine/lower/column_type.h"
#include "engine/lower/lower.h"
#include "engine/retypes.h"
#include "schema/object_names.h"

namespace schemadiff::engine {

using namespace schema;

bool has_column_users(const diff::Change& change, const Context& context) {
  switch (change.id.kind) {
    case Kind::Enum:
    case Kind::Domain:
    case Kind::Composite:
    case Kind::Range:
    case Kind::BaseType:
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

// Types that the object refers to and that are set aside, too.
std::vector<ObjectId> replaced_types(const Object& object, const Context& context) {
  std::vector<ObjectId> types;
  for (const ObjectId& ref : object.refs) {
    const diff::Change* change = context.change(ref);
    if (change && change->action == diff::Action::Replace && has_column_users(*change, context))
      types.push_back(ref);
  }
  return types;
}

// A range type's multirange and constructor functions keep their names when it is renamed.
// A subtype that is replaced, too, is set aside before.
void rename_range_parts(const Range& range, const Context& context, Statements& set_aside,
                        Statements& put_back) {
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
  TypeName of = range.subtype;
  for (const ObjectId& ref : replaced_types(range, context))
    of = under_name(of, ref, old_type_name(ref.name));
  const std::string& subtype = of.sql;
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

// The old forms stand beside the new ones while undo runs, and the text of the definition has only
// the new names.
bool refers_to_replaced(const Object& object, const Context& context) {
  return std::any_of(object.refs.begin(), object.refs.end(), [&](const ObjectId& ref) {
    const diff::Change* other = context.change(ref);
    return other && other->action == diff::Action::Replace;
  });
}

// Whether the type is made of the routine.
bool is_part_of(const ObjectId& id, const Object& type, const Catalog& catalog) {
  const Object* routine = id.kind == Kind::Routine ? catalog.find(id) : nullptr;
  return routine && type_made_of(*routine, catalog) == &type;
}

// The functions that a type is made of make way with it for those of the new form.
void rename_functions(const Object& type, const Catalog& catalog, Statements& set_aside,
                      Statements& put_back) {
  for (const ObjectId& id : type.refs) {
    if (!is_part_of(id, type, catalog)) continue;
    ObjectId aside = id;
    aside.name = old_type_name(id.name);
    set_aside.insert(set_aside.begin(),
                     "ALTER " + sql_address(id) + " RENAME TO " + quote_identifier(aside.name));
    put_back.push_back("ALTER " + sql_address(aside) + " RENAME TO " + quote_identifier(id.name));
  }
}

// Applications that are deployed from expand on may write them.
void add_values(const Enum& before, const Enum& after, Operations& operations) {
  for (const std::string& label : after.labels) {
    if (std::find(before.labels.begin(), before.labels.end(), label) != before.labels.end())
      continue;
    Operation operation = make(Role::Alter, after, Phase::Expand,
                               "The value " + quote_literal(label) +
                                   " is new: until contract the old form of the type has it, too.");
    operation.sql = {"ALTER TYPE " + sql_name(after.id) + " ADD VALUE " + quote_literal(label)};
    operation.undo_note =
        "The value stays until the undo of the whole plan makes the old form of the type anew; it "
        "does no harm.";
    operation.op = Op::AddEnumValue;
    operation.own_transaction = true;
    operations.push_back(std::move(operation));
  }
}

template <class T>
void replace_type(const T& before, const T& after, const diff::Change& change,
                  const Context& context, Operations& operations) {
  const std::string noun = before.id.kind == Kind::Collation ? "collation" : "type";
  const bool stands_beside = context.made_beside.contains(before.id);
  const ObjectId next = beside(before.id);
  if constexpr (std::is_same_v<T, Enum>) add_values(before, after, operations);
  T made = after;
  if (made.owner.empty()) made.owner = before.owner;
  made.id = stands_beside ? next : after.id;
  Operation create = make(Role::Make, made, Phase::Contract, "The " + noun + " in its new form.");
  create.sql = full_create(made, context.to, context.from);
  create.undo = {drop_sql(made)};
  create.op = Op::MakeTypeAnew;
  if (stands_beside && !context.own_objects.contains(next)) {
    Operation early = create;
    early.phase = Phase::Expand;
    early.why = "The type in its new form, beside the old one, for new columns.";
    operations.push_back(std::move(early));
  }
  ObjectId aside = before.id;
  aside.name = old_type_name(before.id.name);
  const std::string rename_aside = "ALTER " + std::string(kind_keyword(before.id.kind)) + ' ' +
                                   sql_name(before.id) + " RENAME TO " +
                                   quote_identifier(aside.name);
  const std::string rename_back = "ALTER " + std::string(kind_keyword(before.id.kind)) + ' ' +
                                  sql_name(aside) + " RENAME TO " +
                                  quote_identifier(before.id.name);
  Statements set_aside{rename_aside}, put_back{rename_back};
  if constexpr (std::is_same_v<T, Range>) rename_range_parts(before, context, set_aside, put_back);
  if (has_shell(before)) rename_functions(before, context.from, set_aside, put_back);
  Operation rename =
      make(Role::Drop, before, Phase::Contract,
           "The " + noun +
               " cannot be altered in place; columns move from its old form to its new one.");
  rename.op = Op::SetTypeAside;
  rename.releases.clear();
  if constexpr (std::is_same_v<T, Range>) rename.after_drops = replaced_types(before, context);
  if (before.id.kind == Kind::Composite) rename.relations = {sql_name(before.id)};
  rename.sql = set_aside;
  rename.undo = put_back;
  rename.unproven = change.unproven;
  operations.push_back(std::move(rename));

  if (has_shell(after)) {
    make_shell(after, operations);
    operations.back().phase = Phase::Contract;
  }
  if (stands_beside) {
    create = make(Role::Make, after, Phase::Contract, "The new form takes the name of the type.");
    create.sql = {"ALTER TYPE " + sql_name(next) + " RENAME TO " + quote_identifier(after.id.name)};
    create.undo = {"ALTER TYPE " + sql_name(after.id) + " RENAME TO " +
                   quote_identifier(next.name)};
    create.refs.push_back(next);
  }
  operations.push_back(std::move(create));

  Operation finish = make(Role::Finish, before, Phase::Contract,
                          "No column uses the " + noun + "'s old form any more.");
  T old = before;
  old.id = aside;
  finish.sql = {drop_sql(old)};
  if (before.id.kind == Kind::Composite) {
    finish.op = Op::DropCompositeType;
    finish.relations = {sql_name(aside)};
  }
  finish.refs.clear();
  for (const auto& [column, obstacle] : context.retyped)
    if (obstacle.empty() && enum_cause(*context.change(column)) &&
        *enum_cause(*context.change(column)) == before.id) {
      finish.after_drops.push_back(column);
      finish.after_drops.back().name = old_type_name(column.name);
    }
  finish.releases = before.refs;
  std::erase_if(finish.releases,
                [&](const ObjectId& ref) { return is_part_of(ref, before, context.from); });
  if constexpr (std::is_same_v<T, Range>)
    old.multirange.name = old_type_name(before.multirange.name);
  if (has_shell(before)) {
    set_irreversible(finish, "The old form is made of functions whose names are taken again.");
  } else if (refers_to_replaced(before, context)) {
    set_irreversible(finish, "The old form refers to something else that is replaced, too.");
  } else {
    finish.undo = full_create(old, context.from, context.from);
  }
  operations.push_back(std::move(finish));
}

}  // namespace

void collect_held_routines(Context& context) {
  std::vector<const Object*> holders;
  for (const diff::Change& change : context.changes)
    if (change.action == diff::Action::Replace && has_column_users(change, context))
      holders.push_back(context.from.find(change.id));
  while (!holders.empty()) {
    const Object* holder = holders.back();
    holders.pop_back();
    for (const ObjectId& ref : holder->refs)
      if (ref.kind == Kind::Routine && context.goes_away(ref) &&
          !is_part_of(ref, *holder, context.from) && context.held_routines.insert(ref).second)
        holders.push_back(context.from.find(ref));
  }
}

void lower_setting_aside(const Routine& routine, const Context& context, std::string why,
                         Operations& operations) {
  Routine old = routine;
  old.id.name = old_type_name(routine.id.name);
  Operation rename = make(Role::Drop, routine, Phase::Contract, std::move(why));
  rename.sql = {"ALTER " + sql_address(routine.id, ddl_keyword(routine)) + " RENAME TO " +
                quote_identifier(old.id.name)};
  rename.undo = {"ALTER " + sql_address(old.id, ddl_keyword(old)) + " RENAME TO " +
                 quote_identifier(routine.id.name)};
  const std::vector<ObjectId> types = replaced_types(routine, context);
  rename.releases = types;  // whose names it is found by
  operations.push_back(std::move(rename));

  Operation finish = make(Role::Finish, routine, Phase::Contract,
                          "The old forms of types that called it are gone.");
  old.id.args.clear();
  for (const Argument& argument : routine.arguments) {
    if (argument.mode == 'o' || argument.mode == 't') continue;
    TypeName type = argument.type;
    for (const ObjectId& ref : types) type = under_name(type, ref, old_type_name(ref.name));
    old.id.args += (old.id.args.empty() ? "" : ", ") + type.sql;
  }
  finish.sql = {drop_sql(old)};
  finish.releases = finish.refs;
  finish.refs.clear();
  if (refers_to_replaced(routine, context))
    set_irreversible(finish, "Its old form refers to something else that is replaced, too.");
  else
    finish.undo = full_create(old, context.from, context.from);
  operations.push_back(std::move(finish));
}

std::string old_type_name(std::string_view name) {
  return distinct_name(std::string(name) + "__old");
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
    case Kind::BaseType:
      return run(context.from.base_types, context.to.base_types);
    case Kind::Collation:
      return run(context.from.collations, context.to.collations);
    default:
      return run(context.from.ranges, context.to.ranges);
  }
}

}  // namespace schemadiff::engine
