// What objects refer to apart from their definition texts: types, tables, columns, functions.
#include <algorithm>
#include <map>

#include "parser/analyze/analyzer.h"
#include "parser/analyze/definitions.h"
#include "parser/analyze/type_system.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

using namespace schema;
using Refs = std::vector<ObjectId>;

class References {
 public:
  References(Catalog& catalog, const TypeSystem& system) : catalog_(catalog), system_(system) {}

  void all();

 private:
  void type(Refs& refs, const TypeName& name) const;
  void collation(Refs& refs, const QualifiedName& name) const;
  void extension(Refs& refs, const std::string& schema) const;
  void relation(Refs& refs, const QualifiedName& name) const;
  void operators(Refs& refs, const QualifiedName& name) const;
  void opclass(Refs& refs, const QualifiedName& name, const std::string& method) const;
  void default_opclass(Refs& refs, const TypeName& type, const std::string& method) const;
  void members(Refs& refs, const std::vector<FamilyMember>& list) const;
  void routine(Refs& refs, const QualifiedName& name, const std::string* args = nullptr) const;
  void columns(Refs& refs, const QualifiedName& table, const std::vector<std::string>& names) const;
  void elements(Refs& refs, const QualifiedName& table, const std::vector<IndexElement>& list,
                const std::string& method) const;
  void key(Refs& refs, const Constraint& foreign) const;
  void table(Table& table) const;
  void constraint(Constraint& constraint) const;
  void index(Index& index) const;
  void statistics(Statistics& statistics) const;
  void trigger(Trigger& trigger) const;
  void base_type(BaseType& type) const;
  void aggregate(Aggregate& aggregate) const;
  void operator_(Operator& op) const;
  void cast(Cast& cast) const;
  void operator_class(OperatorClass& opclass) const;
  void languages_and_methods();
  void text_search();
  void finish(Object& object) const;

  static void column(Refs& refs, const QualifiedName& table, const std::string& name) {
    refs.push_back({Kind::Column, table.schema, table.name, name, {}});
  }

  Catalog& catalog_;
  const TypeSystem& system_;
  std::map<QualifiedName, std::vector<const Index*>> unique_indexes_;  // by table
};

void References::extension(Refs& refs, const std::string& schema) const {
  for (const auto& [id, found] : catalog_.extensions)
    if (found.schema == schema || found.schema.empty()) refs.push_back(id);
}

void References::type(Refs& refs, const TypeName& name) const {
  if (name.empty()) return;
  const TypeRef type = system_.parse(name.sql);
  if (!type) {  // one that comes with an extension, or moves with it
    const std::string schema = split_name(name.sql).schema;
    if (!schema.empty()) extension(refs, schema);
    return;
  }
  const TypeInfo& info = system_.element_or_itself(type.id);
  add_refs(info, refs);
  if (info.provenance == Provenance::Extension) extension(refs, std::string(info.schema));
}

void References::collation(Refs& refs, const QualifiedName& name) const {
  if (name.empty() || name.schema == "pg_catalog") return;
  ObjectId id{Kind::Collation, name.schema, {}, name.name, {}};
  if (catalog_.find(id)) {
    refs.push_back(std::move(id));
  } else {
    extension(refs, name.schema);
  }
}

// Of any operands.
void References::operators(Refs& refs, const QualifiedName& name) const {
  if (name.empty() || name.schema == "pg_catalog") return;
  bool found = false;
  for (auto place =
           catalog_.operators.lower_bound({Kind::Operator, name.schema, {}, name.name, {}});
       place != catalog_.operators.end() && place->first.schema == name.schema &&
       place->first.name == name.name;
       ++place) {
    refs.push_back(place->first);
    found = true;
  }
  if (!found) extension(refs, name.schema);
}

void References::opclass(Refs& refs, const QualifiedName& name, const std::string& method) const {
  if (name.empty() || name.schema == "pg_catalog") return;
  ObjectId id{Kind::OperatorClass, name.schema, {}, name.name, method};
  if (catalog_.find(id)) {
    refs.push_back(std::move(id));
  } else {
    extension(refs, name.schema);
  }
}

void References::default_opclass(Refs& refs, const TypeName& type,
                                 const std::string& method) const {
  if (catalog_.operator_classes.empty()) return;
  if (const TypeRef found = system_.parse(type.sql))
    if (const auto name = system_.default_opclass(method, found.id)) opclass(refs, *name, method);
}

void References::members(Refs& refs, const std::vector<FamilyMember>& list) const {
  for (const FamilyMember& member : list) {
    type(refs, member.left);
    type(refs, member.right);
    if (member.is_function) {
      routine(refs, member.name, &member.args);
    } else if (member.name.schema != "pg_catalog") {
      const std::string left = member.left.empty() ? "NONE" : member.left.sql;
      refs.push_back({Kind::Operator,
                      member.name.schema,
                      {},
                      member.name.name,
                      left + ", " + member.right.sql});
    }
    if (!member.order_by.empty())
      refs.push_back(
          {Kind::OperatorFamily, member.order_by.schema, {}, member.order_by.name, "btree"});
  }
}

void References::relation(Refs& refs, const QualifiedName& name) const {
  for (const Kind kind : {Kind::Table, Kind::View, Kind::MaterializedView}) {
    ObjectId id{kind, name.schema, {}, name.name, {}};
    if (catalog_.find(id)) {
      refs.push_back(std::move(id));
      return;
    }
  }
}

// Without argument types: every routine of the name.
void References::routine(Refs& refs, const QualifiedName& name, const std::string* args) const {
  if (name.empty() || name.schema == "pg_catalog") return;
  const ObjectId first{Kind::Routine, name.schema, {}, name.name, args ? *args : std::string()};
  bool found = false;
  for (auto place = catalog_.routines.lower_bound(first);
       place != catalog_.routines.end() && place->first.schema == name.schema &&
       place->first.name == name.name;
       ++place) {
    if (args && place->first.args != *args) break;
    refs.push_back(place->first);
    found = true;
  }
  if (!found) extension(refs, name.schema);
}

void References::columns(Refs& refs, const QualifiedName& table,
                         const std::vector<std::string>& names) const {
  for (const std::string& name : names) column(refs, table, name);
}

void References::elements(Refs& refs, const QualifiedName& table,
                          const std::vector<IndexElement>& list, const std::string& method) const {
  const Table* on = catalog_.table(table);
  for (const IndexElement& element : list) {
    collation(refs, element.collation);
    opclass(refs, element.opclass, method);
    operators(refs, element.op);
    if (element.column.empty()) continue;
    column(refs, table, element.column);
    const Column* indexed = on ? on->find(element.column) : nullptr;
    if (indexed && element.opclass.empty()) default_opclass(refs, indexed->type, method);
  }
}

// The unique constraint or index that a foreign key rests on; it takes no deferrable one
// (tablecmds.c, transformFkeyCheckAttrs).
void References::key(Refs& refs, const Constraint& foreign) const {
  const auto sorted = [](std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return names;
  };
  const auto wanted = sorted(foreign.referenced_columns);
  const QualifiedName& table = foreign.referenced_table;
  const auto known = std::find_if(refs.begin(), refs.end(), [&](const ObjectId& ref) {
    return ref.kind == Kind::Constraint && ref.schema == table.schema && ref.parent == table.name;
  });
  if (known != refs.end()) {  // a database says which it is
    if (!catalog_.constraints.contains(*known))
      *known = {Kind::Index, table.schema, {}, known->name, {}};
    return;
  }
  for (auto place =
           catalog_.constraints.lower_bound({Kind::Constraint, table.schema, table.name, {}, {}});
       place != catalog_.constraints.end() && place->first.schema == table.schema &&
       place->first.parent == table.name;
       ++place) {
    const Constraint& constraint = place->second;
    if ((constraint.contype == 'p' || constraint.contype == 'u') && !constraint.deferrable &&
        sorted(constraint.columns) == wanted) {
      refs.push_back(place->first);
      return;
    }
  }
  const auto place = unique_indexes_.find(table);
  if (place == unique_indexes_.end()) return;
  for (const Index* index : place->second) {
    std::vector<std::string> names;
    for (const IndexElement& element : index->elements) names.push_back(element.column);
    if (sorted(names) == wanted) {
      refs.push_back(index->id);
      return;
    }
  }
}

const char* key_method(const Table& table) {
  return table.partition_key.strategy == "hash" ? "hash" : "btree";
}

void References::table(Table& table) const {
  const QualifiedName name{table.id.schema, table.id.name};
  for (Column& column_of : table.columns) {
    type(column_of.refs, column_of.type);
    collation(column_of.refs, column_of.collation);
    for (Refs* refs : {&column_of.refs, &column_of.default_refs}) {
      std::sort(refs->begin(), refs->end());
      refs->erase(std::unique(refs->begin(), refs->end()), refs->end());
    }
  }
  for (const QualifiedName& parent : table.inherits) relation(table.refs, parent);
  if (!table.server.empty()) table.refs.push_back({Kind::ForeignServer, {}, {}, table.server, {}});
  if (!table.partition_of.empty()) relation(table.refs, table.partition_of);
  if (!table.of_type.empty()) type(table.refs, {quote_qualified(table.of_type)});
  for (const KeyElement& element : table.partition_key.elements)
    opclass(table.refs, element.opclass, key_method(table));
}

void References::constraint(Constraint& constraint) const {
  const QualifiedName table{constraint.id.schema, constraint.id.parent};
  relation(constraint.refs, table);
  columns(constraint.refs, table, constraint.columns);
  columns(constraint.refs, table, constraint.include);
  elements(constraint.refs, table, constraint.elements, constraint.method);
  if (constraint.contype != 'f') return;
  relation(constraint.refs, constraint.referenced_table);
  columns(constraint.refs, constraint.referenced_table, constraint.referenced_columns);
  key(constraint.refs, constraint);
}

void References::index(Index& index) const {
  relation(index.refs, index.table);
  elements(index.refs, index.table, index.elements, index.method);
  columns(index.refs, index.table, index.include);
}

void References::statistics(Statistics& statistics) const {
  relation(statistics.refs, statistics.table);
  columns(statistics.refs, statistics.table, statistics.columns);
}

void References::trigger(Trigger& trigger) const {
  const QualifiedName table{trigger.id.schema, trigger.id.parent};
  relation(trigger.refs, table);
  columns(trigger.refs, table, trigger.update_columns);
  const std::string none;
  routine(trigger.refs, trigger.function, &none);
  if (!trigger.constraint_table.empty()) relation(trigger.refs, trigger.constraint_table);
}

// The functions by the arguments that they have to have (typecmds.c, findTypeInputFunction and the
// like).
void References::base_type(BaseType& base) const {
  type(base.refs, base.element);
  const std::string self = quote_qualified({base.id.schema, base.id.name});
  const auto function = [&](const QualifiedName& name, const std::string& args) {
    routine(base.refs, name, &args);
  };
  for (const std::string modifier : {"", ", oid, integer"}) {
    function(base.input, "cstring" + modifier);
    function(base.receive, "internal" + modifier);
  }
  function(base.output, self);
  function(base.send, self);
  function(base.typmod_in, "cstring[]");
  function(base.typmod_out, "integer");
  function(base.analyze, "internal");
  function(base.subscript, "internal");
}

void References::aggregate(Aggregate& aggregate) const {
  for (const Argument& argument : aggregate.arguments) type(aggregate.refs, argument.type);
  type(aggregate.refs, aggregate.stype);
  type(aggregate.refs, aggregate.mstype);
  for (const QualifiedName* name :
       {&aggregate.sfunc, &aggregate.finalfunc, &aggregate.combinefunc, &aggregate.serialfunc,
        &aggregate.deserialfunc, &aggregate.msfunc, &aggregate.minvfunc, &aggregate.mfinalfunc})
    routine(aggregate.refs, *name);
  operators(aggregate.refs, aggregate.sortop);
}

void References::operator_(Operator& op) const {
  type(op.refs, op.left);
  type(op.refs, op.right);
  const std::string args = (op.left.empty() ? "" : op.left.sql + ", ") + op.right.sql;
  routine(op.refs, op.function, &args);
  routine(op.refs, op.restrict_estimator);
  routine(op.refs, op.join_estimator);
}

void References::cast(Cast& cast) const {
  type(cast.refs, cast.source);
  type(cast.refs, cast.target);
  routine(cast.refs, cast.function, &cast.function_args);
}

void References::operator_class(OperatorClass& opclass) const {
  type(opclass.refs, opclass.type);
  type(opclass.refs, opclass.storage);
  members(opclass.refs, opclass.members);
  opclass.refs.push_back(
      {Kind::OperatorFamily, opclass.family.schema, {}, opclass.family.name, opclass.id.args});
}

void References::languages_and_methods() {
  for (auto& [id, found] : catalog_.languages)
    for (const QualifiedName& function : {found.handler, found.inline_handler, found.validator})
      routine(found.refs, function);
  for (auto& [id, found] : catalog_.transforms) {
    type(found.refs, {id.name});
    routine(found.refs, found.from_sql, &found.from_sql_args);
    routine(found.refs, found.to_sql, &found.to_sql_args);
    found.refs.push_back({Kind::Language, {}, {}, id.args, {}});
  }
  for (auto& [id, found] : catalog_.access_methods) routine(found.refs, found.handler);
  if (catalog_.access_methods.empty()) return;
  const auto method = [](Object& object, const std::string& name) {
    object.refs.push_back({Kind::AccessMethod, {}, {}, name, {}});
  };
  for (auto& [id, found] : catalog_.operator_families) method(found, id.args);
  for (auto& [id, found] : catalog_.operator_classes) method(found, id.args);
  for (auto& [id, found] : catalog_.tables) method(found, found.access_method);
  for (auto& [id, found] : catalog_.materialized_views) method(found, found.access_method);
  for (auto& [id, found] : catalog_.indexes) method(found, found.method);
  for (auto& [id, found] : catalog_.constraints) method(found, found.method);
}

void References::text_search() {
  const auto named = [](Object& object, Kind kind, const QualifiedName& name) {
    object.refs.push_back({kind, name.schema, {}, name.name, {}});
  };
  for (auto& [id, found] : catalog_.text_search_parsers)
    for (const QualifiedName& function :
         {found.start, found.token, found.end, found.lextypes, found.headline})
      routine(found.refs, function);
  for (auto& [id, found] : catalog_.text_search_templates) {
    routine(found.refs, found.init);
    routine(found.refs, found.lexize);
  }
  for (auto& [id, found] : catalog_.text_search_dictionaries)
    named(found, Kind::TextSearchTemplate, found.template_name);
  for (auto& [id, found] : catalog_.text_search_configurations) {
    named(found, Kind::TextSearchParser, found.parser);
    for (const TextSearchMapping& mapping : found.mappings)
      for (const QualifiedName& dictionary : mapping.dictionaries)
        named(found, Kind::TextSearchDictionary, dictionary);
  }
}

void References::finish(Object& object) const {
  Refs& refs = object.refs;
  if (!object.id.schema.empty()) refs.push_back({Kind::Schema, {}, {}, object.id.schema, {}});
  std::sort(refs.begin(), refs.end());
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
  std::erase_if(refs, [&](const ObjectId& id) {
    if (id == object.id) return true;
    if (id.kind == Kind::Column) return false;
    const bool is_row_type = id.kind == Kind::Composite && catalog_.table({id.schema, id.name});
    return !is_row_type && catalog_.find(id) == nullptr;
  });
  refs.shrink_to_fit();
}

void References::all() {
  for (const auto& [id, found] : catalog_.indexes)
    if (found.unique && found.predicate.empty()) unique_indexes_[found.table].push_back(&found);
  for (auto& [id, domain] : catalog_.domains) {
    type(domain.refs, domain.base);
    collation(domain.refs, domain.collation);
  }
  for (auto& [id, composite] : catalog_.composites)
    for (const CompositeAttribute& attribute : composite.columns) {
      type(composite.refs, attribute.type);
      collation(composite.refs, attribute.collation);
    }
  for (auto& [id, range] : catalog_.ranges) {
    type(range.refs, range.subtype);
    collation(range.refs, range.collation);
    opclass(range.refs, range.opclass, "btree");
    routine(range.refs, range.canonical);
    routine(range.refs, range.subtype_diff);
  }
  for (auto& [id, found] : catalog_.base_types) base_type(found);
  for (auto& [id, found] : catalog_.routines) {
    for (const Argument& argument : found.arguments) type(found.refs, argument.type);
    type(found.refs, found.returns);
    routine(found.refs, found.support);
    if (!catalog_.languages.empty())
      found.refs.push_back({Kind::Language, {}, {}, found.language, {}});
  }
  languages_and_methods();
  text_search();
  for (auto& [id, found] : catalog_.publications) {
    for (const PublishedTable& published : found.tables) {
      relation(found.refs, published.table);
      columns(found.refs, published.table, published.columns);
    }
    for (const std::string& schema : found.schemas)
      found.refs.push_back({Kind::Schema, {}, {}, schema, {}});
  }
  for (auto& [id, found] : catalog_.aggregates) aggregate(found);
  for (auto& [id, found] : catalog_.foreign_data_wrappers) {
    routine(found.refs, found.handler);
    routine(found.refs, found.validator);
  }
  // An extension mostly has its wrapper's name.
  for (auto& [id, found] : catalog_.foreign_servers)
    for (Kind kind : {Kind::ForeignDataWrapper, Kind::Extension})
      found.refs.push_back({kind, {}, {}, found.wrapper, {}});
  for (auto& [id, found] : catalog_.user_mappings)
    found.refs.push_back({Kind::ForeignServer, {}, {}, id.args, {}});
  for (auto& [id, found] : catalog_.operators) operator_(found);
  for (auto& [id, found] : catalog_.operator_families) members(found.refs, found.members);
  for (auto& [id, found] : catalog_.operator_classes) operator_class(found);
  for (auto& [id, found] : catalog_.casts) cast(found);
  for (auto& [id, found] : catalog_.conversions) routine(found.refs, found.function);
  for (auto& [id, found] : catalog_.tables) table(found);
  for (auto& [id, found] : catalog_.indexes) index(found);
  for (auto& [id, found] : catalog_.constraints) constraint(found);
  for (auto& [id, found] : catalog_.statistics) statistics(found);
  for (auto& [id, rule] : catalog_.rules) relation(rule.refs, {id.schema, id.parent});
  for (auto& [id, found] : catalog_.triggers) trigger(found);
  for (auto& [id, found] : catalog_.event_triggers) {
    const std::string none;
    routine(found.refs, found.function, &none);
  }
  for (auto& [id, policy] : catalog_.policies) relation(policy.refs, {id.schema, id.parent});
  for (auto& [id, found] : catalog_.member_privileges)
    if (found.refs.empty() && id.schema != "pg_catalog") extension(found.refs, id.schema);
  catalog_.for_each([this](auto& object) { finish(object); });
}

}  // namespace

void add_structural_refs(Catalog& catalog, const TypeSystem& system) {
  References(catalog, system).all();
}

}  // namespace schemadiff::parser
