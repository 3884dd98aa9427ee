// What the readers of the kinds share while a catalog is read: rows kept by oid until they are put
// together.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "schema/catalog.h"
#include "schema/introspect/rows.h"

namespace schemadiff::schema::introspection {

template <class T>
using ByOid = std::unordered_map<Oid, T>;

// Oids of system catalogs, as pg_depend and pg_description refer to them.
namespace catalogs {
inline constexpr Oid kType = 1247, kProc = 1255, kClass = 1259, kNamespace = 2615,
                     kConstraint = 2606, kTrigger = 2620, kPolicy = 3256, kExtension = 3079,
                     kOperator = 2617, kOpclass = 2616, kCast = 2605, kRewrite = 2618,
                     kEventTrigger = 3466, kStatistics = 3381, kCollation = 3456,
                     kConversion = 2607, kOpfamily = 2753, kForeignDataWrapper = 2328, kForeignServer = 1417,
                     kLanguage = 2612, kTransform = 3576, kAccessMethod = 2601,
                     kTextSearchParser = 3601, kTextSearchTemplate = 3764,
                     kTextSearchDictionary = 3600, kTextSearchConfiguration = 3602,
                     kPublication = 6104, kSubscription = 6100;
}

// An object, or with `part` a column of it.
struct Address {
  Oid catalog = 0;
  Oid object = 0;
  int part = 0;
  bool operator==(const Address&) const = default;
};
struct AddressHash {
  std::size_t operator()(const Address& a) const noexcept {
    return (static_cast<std::size_t>(a.object) << 20) ^ (static_cast<std::size_t>(a.catalog) << 8) ^
           static_cast<std::size_t>(a.part);
  }
};
template <class T>
using ByAddress = std::unordered_map<Address, T, AddressHash>;

struct TypeRow {
  QualifiedName name;
  std::string sql;  // with typmod -1
  char typtype = 'b';
  char category = 'U';
  bool preferred = false;
  char storage = 'p';
  Oid collation = 0;
  Oid relation = 0;
  Oid element = 0;  // of an array
  Oid owner = 0;
  Oid base = 0;
  std::string base_sql;  // with its modifier; empty: it has none
  bool not_null = false;
  std::string default_value;
  std::string acl;
};

struct RelationRow {
  QualifiedName name;
  char relkind = 'r';
  Oid owner = 0;
  Oid tablespace = 0;
  Oid access_method = 0;
  Oid toast = 0;
  Oid of_type = 0;
  Options options;
  std::string acl;
  std::string bound;
  char persistence = 'p';
  char replica_identity = 'd';
  bool row_security = false, force_row_security = false;
  bool populated = true;
  bool partition = false;
};

struct ColumnRow {
  int number = 0;
  Oid type = 0;
  Oid collation = 0;
  bool generated = false;  // its default is the generation expression
  Column column;
};

// pg_proc, as routines, aggregates and extension objects need it.
struct RoutineRow {
  Routine routine;
  std::vector<Oid> inputs;
};

struct OpclassRow {
  QualifiedName name;
  Oid method = 0;
  Oid type = 0;
  bool is_default = false;
  Oid owner = 0;
  Oid family = 0;
  Oid storage = 0;
};

struct SequenceRow {
  SequenceOptions options;
  Oid table = 0;  // of the owning column
  int column = 0;
  bool identity = false;
};

struct IndexRow {
  Index index;  // without id
  Oid table = 0;
};

struct ForeignTableRow {
  std::string server;
  Options options;
};

struct NotNullRow {  // of a domain
  std::string name;  // empty: as the server names it
  std::string comment;
};

struct DefaultRow {
  Oid relation = 0;
  int column = 0;
  std::string expression;
};

struct DependencyRow {
  char owner_kind = '\0';  // v view, d default, c constraint, p policy, t trigger, r rule, i index, f routine
  Oid owner = 0;           // the relation or the routine
  std::string part;        // of the relation: column, constraint, …
  Address target;
};

struct Reading {
  int version = 0;
  Catalog catalog;

  ByOid<std::string> schemas, roles, methods, tablespaces, languages;
  ByOid<QualifiedName> functions, operators, collations;
  ByAddress<bool> members;  // of extensions
  ByAddress<std::string> comments;
  ByAddress<std::vector<SecurityLabel>> security_labels;
  ByOid<std::vector<Oid>> parents;  // pg_inherits
  ByOid<TypeRow> types;
  ByOid<std::vector<std::string>> labels;
  ByOid<RelationRow> relations;
  ByOid<std::vector<ColumnRow>> columns;  // by relation, in order; of indexes too
  ByOid<std::vector<ColumnAcl>> column_acls;
  std::vector<DefaultRow> defaults;
  std::vector<DependencyRow> dependencies;
  ByOid<SequenceRow> sequences;
  ByOid<PartitionKey> partition_keys;
  ByOid<OpclassRow> opclasses;
  ByOid<OperatorFamily> families;
  ByOid<std::vector<FamilyMember>> class_members;
  std::map<std::pair<Oid, Oid>, Oid> default_opclasses;  // by method and type
  ByOid<std::string> view_queries;
  ByOid<RoutineRow> routines;
  ByOid<IndexRow> indexes;
  ByOid<ForeignTableRow> foreign_tables;
  ByOid<ObjectId> text_search_configurations;
  ByOid<Publication*> publications;  // those of the catalog
  ByOid<std::string> replica_identity_indexes;  // their names, by table
  ByOid<std::vector<DomainConstraint>> domain_constraints;
  ByOid<NotNullRow> domain_not_null;
  ByOid<std::vector<std::string>> valid_checks;  // names, by partition

  // Whether an object of the schema is ours to compare; and one that may belong to an extension.
  bool ours(const QualifiedName& name) const;
  bool ours(Address address, const QualifiedName& name) const;
  bool is_member(Address address) const { return members.contains(address); }

  std::string comment(Address address) const;
  // Gives the object, or the column, its comment and its security labels.
  template <class T>
  void describe(T& object, Address address) const {
    object.comment = comment(address);
    if (const auto found = security_labels.find(address); found != security_labels.end())
      object.security_labels = found->second;
  }
  QualifiedName qualified(Oid schema, std::string name) const;
  // The relation if it is ours, else null.
  const RelationRow* relation(Oid oid) const;
  const ColumnRow* column(Oid relation, int number) const;
  ColumnRow* column(Oid relation, int number);
  std::vector<std::string> column_names(Oid relation, const std::vector<int>& numbers) const;

  TypeName type(Oid oid) const;  // as a column's type without modifier
  TypeName argument_type(
      Oid oid) const;  // as routines have them: "character" is not "bpchar" there
  // Empty when it is the type's default for the method. type 0: not known.
  QualifiedName opclass_unless_default(Oid opclass, Oid type) const;
  // Empty when it is `own`, or none.
  QualifiedName collation_unless(Oid collation, Oid own) const;
};

// The map's value for the oid, or an empty one.
template <class T>
const T& at(const ByOid<T>& map, Oid oid) {
  static const T kNone{};
  auto found = map.find(oid);
  return found == map.end() ? kNone : found->second;
}

// Adds the object unless there is one of its identity.
template <class T>
T& add(ObjectMap<T>& map, T object) {
  ObjectId id = object.id;
  return map.try_emplace(std::move(id), std::move(object)).first->second;
}

// Input types as ObjectId::args has them.
std::string signature(const Reading& reading, const std::vector<Oid>& inputs);

ObjectId object_id(Kind kind, const QualifiedName& name, std::string args = {});
ObjectId child_id(Kind kind, const QualifiedName& table, std::string name);

// aclitem[] as printed; the owner's privileges get the grantee "".
std::vector<Grant> parse_acl(std::string_view acl, std::string_view owner);
// With the kind's default where the catalog has none.
std::vector<Grant> effective_acl(std::string_view acl, std::string_view owner, Kind kind);

// Splits what pg_get_expr prints for a list of expressions.
std::vector<std::string> split_expressions(std::string_view list);
// Where the text that starts with "(" at `open` has its ")"; the size of the text if nowhere.
std::size_t closing_parenthesis(std::string_view text, std::size_t open);
// Where the word is outside of quotes and parentheses; the size of the text if nowhere.
std::size_t find_outside(std::string_view text, std::string_view word);

// Whether the whole definition of an index or partition key says COLLATE right after the
// expression, so that the collation is not the expression's own.
bool says_collation(std::string_view definition, std::string_view expression);

}  // namespace schemadiff::schema::introspection
