// Decides how types and collations are replaced while columns use them.
#include <algorithm>

#include "diff/recreate.h"
#include "engine/lower/column_type.h"
#include "engine/lower/lower.h"
#include "engine/retypes.h"
#include "schema/object_names.h"

namespace schemadiff::engine {

using namespace schema;

bool keeps_old_form(const diff::Change& change, const Context& context) {
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
  if (change.action != diff::Action::Replace &&
      (change.action != diff::Action::Drop || !diff::namesake_of(change.id, context.to)))
    return false;
  // one type may be in use through another (a domain over an enum), so all of them go the same way
  return context.moves_columns;
}

namespace {

// Types that the object refers to and that are set aside, too.
std::vector<ObjectId> replaced_types(const Object& object, const Context& context) {
  std::vector<ObjectId> types;
  for (const ObjectId& ref : object.refs) {
    const diff::Change* change = context.change(ref);
    if (change && keeps_old_form(*change, context)) types.push_back(ref);
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
    set_aside.push_back(rename_sql(what + ' ' + quote_qualified(from) + arguments_before, to.name));
    put_back.push_back(rename_sql(what + ' ' + quote_qualified(to) + arguments_after, from.name));
  };
  rename("TYPE", range.multirange, multirange_aside, {}, {});
  TypeName of = range.subtype;
  for (const ObjectId& ref : replaced_types(range, context))
    of = under_name(of, ref, old_type_name(ref.name));
  const std::string& subtype = of.sql;
  for (const std::string& arguments :
       {'(' + subtype + ", " + subtype + ')', '(' + subtype + ", " + subtype + ", text)"})
    rename("FUNCTION", name, aside, arguments, arguments);
  // in the schema of the range, wherever the multirange is (typecmds.c, makeMultirangeConstructors)
  const QualifiedName constructor{range.id.schema, range.multirange.name};
  const QualifiedName constructor_aside{range.id.schema, multirange_aside.name};
  rename("FUNCTION", constructor, constructor_aside, "()", "()");
  rename("FUNCTION", constructor, constructor_aside, '(' + quote_qualified(aside) + ')',
         '(' + quote_qualified(name) + ')');
  rename("FUNCTION", constructor, constructor_aside, "(VARIADIC " + quote_qualified(aside) + "[])",
         "(VARIADIC " + quote_qualified(name) + "[])");
}

// The old forms stand beside the new ones while undo runs, and the text of the definition has only
// the new names.
bool refers_to_replaced(const Object& object, const Context& context) {
  return std::any_of(object.refs.begin(), object.refs.end(), [&](const ObjectId& ref) {
    const diff::Change* other = context.change(ref);
    return other && (other->action == diff::Action::Replace || keeps_old_form(*other, context));
  });
}

// `old`: as it is called where it is set aside.
template <class T>
void undo_drop(Operation& drop, const T& before, const T& old, const Context& context) {
  if (refers_to_replaced(before, context))
    set_irreversible(drop, "The old form refers to something else that is replaced, too.");
  else
    drop.undo = full_create(old, context.from, context.from);
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
    set_aside.insert(set_aside.begin(), rename_sql(sql_address(id), aside.name));
    put_back.push_back(rename_sql(sql_address(aside), id.name));
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

std::string noun_of(const ObjectId& id) {
  return id.kind == Kind::Collation ? "collation" : "type";
}

template <class T>
Operation creation(const T& before, T made, const ObjectId& id, const Context& context) {
  if (made.owner.empty()) made.owner = before.owner;
  made.id = id;
  Operation create =
      make(Role::Make, made, Phase::Contract, "The " + noun_of(id) + " in its new form.");
  create.sql = full_create(made, context.to, context.from);
  create.undo = {drop_sql(made)};
  create.op = Op::MakeTypeAnew;
  return create;
}

// For new columns, while the old form has the name.
template <class T>
void make_beside(const T& before, const T& after, const Context& context, Operations& operations) {
  const ObjectId next = beside(before.id);
  if (!context.made_beside.contains(before.id) || context.own_objects.contains(next)) return;
  Operation early = creation(before, after, next, context);
  early.phase = Phase::Expand;
  early.why = "The type in its new form, beside the old one, for new columns.";
  operations.push_back(std::move(early));
}

template <class T>
void set_aside(const T& before, const diff::Change& change, const Context& context,
               Operations& operations) {
  ObjectId aside = before.id;
  aside.name = old_type_name(before.id.name);
  Operation rename =
      make(Role::Drop, before, Phase::Contract,
           "The " + noun_of(before.id) +
               " cannot be altered in place; columns move from its old form to its new one.");
  rename.op = Op::SetTypeAside;
  rename.releases.clear();
  if (before.id.kind == Kind::Composite) rename.relations = {sql_name(before.id)};
  rename.sql = {rename_sql(sql_address(before.id), aside.name)};
  rename.undo = {rename_sql(sql_address(aside), before.id.name)};
  if constexpr (std::is_same_v<T, Range>) {
    rename_range_parts(before, context, rename.sql, rename.undo);
    rename.after_drops = replaced_types(before, context);
  }
  if (has_shell(before)) rename_functions(before, context.from, rename.sql, rename.undo);
  rename.unproven = change.unproven;
  operations.push_back(std::move(rename));
}

template <class T>
void make_anew(const T& before, const T& after, const Context& context, Operations& operations) {
  if (has_shell(after)) {
    make_shell(after, operations);
    operations.back().phase = Phase::Contract;
  }
  if (!context.made_beside.contains(before.id)) {
    operations.push_back(creation(before, after, after.id, context));
    return;
  }
  const ObjectId next = beside(before.id);
  Operation rename =
      make(Role::Make, after, Phase::Contract, "The new form takes the name of the type.");
  rename.sql = {rename_sql("TYPE " + sql_name(next), after.id.name)};
  rename.undo = {rename_sql("TYPE " + sql_name(after.id), next.name)};
  rename.refs.push_back(next);
  operations.push_back(std::move(rename));
}

template <class T>
void drop_old_form(const T& before, const Context& context, Operations& operations) {
  T old = before;
  old.id.name = old_type_name(before.id.name);
  Operation finish = make(Role::Finish, before, Phase::Contract,
                          "No column uses the " + noun_of(before.id) + "'s old form any more.");
  finish.sql = {drop_sql(old)};
  if (before.id.kind == Kind::Composite) {
    finish.op = Op::DropCompositeType;
    finish.relations = {sql_name(old.id)};
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
  if (has_shell(before))
    set_irreversible(finish, "The old form is made of functions whose names are taken again.");
  else
    undo_drop(finish, before, old, context);
  operations.push_back(std::move(finish));
}

template <class T>
void replace_type(const diff::Change& change, const Context& context, Operations& operations) {
  const T& before = map_of<T>(context.from).at(change.id);
  const auto after = map_of<T>(context.to).find(change.id);
  const bool stays = after != map_of<T>(context.to).end();  // else another kind takes the name
  if (stays) {
    if constexpr (std::is_same_v<T, Enum>) add_values(before, after->second, operations);
    make_beside(before, after->second, context, operations);
  }
  set_aside(before, change, context, operations);
  if (stays) make_anew(before, after->second, context, operations);
  drop_old_form(before, context, operations);
}

}  // namespace

void collect_held_routines(Context& context) {
  std::vector<const Object*> holders;
  for (const diff::Change& change : context.changes)
    if (keeps_old_form(change, context)) holders.push_back(context.from.find(change.id));
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
  rename.sql = {rename_sql(sql_address(routine.id, ddl_keyword(routine)), old.id.name)};
  rename.undo = {rename_sql(sql_address(old.id, ddl_keyword(old)), routine.id.name)};
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
  undo_drop(finish, routine, old, context);
  operations.push_back(std::move(finish));
}

std::string old_type_name(std::string_view name) {
  return distinct_name(std::string(name) + "__old");
}

void lower_type_replacement(const diff::Change& change, const Context& context,
                            Operations& operations) {
  switch (change.id.kind) {
    case Kind::Enum:
      return replace_type<Enum>(change, context, operations);
    case Kind::Domain:
      return replace_type<Domain>(change, context, operations);
    case Kind::Composite:
      return replace_type<Composite>(change, context, operations);
    case Kind::BaseType:
      return replace_type<BaseType>(change, context, operations);
    case Kind::Collation:
      return replace_type<Collation>(change, context, operations);
    default:
      return replace_type<Range>(change, context, operations);
  }
}

}  // namespace schemadiff::engine
