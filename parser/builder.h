// The catalog while statements are applied to it, and how names are looked up in it (namespace.c).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "schema/catalog.h"
#include "schema/error.h"

namespace schemadiff::parser {

// A statement that needs something which does not exist yet: it is tried again later.
struct Missing : Error {
  using Error::Error;
};

struct NameHash {
  std::size_t operator()(const schema::QualifiedName& name) const noexcept {
    const std::hash<std::string_view> hash;
    return hash(name.schema) * 31 + hash(name.name);
  }
};
template <class T>
using NameMap = std::unordered_map<schema::QualifiedName, T, NameHash>;

// What bears a name in pg_class.
enum class RelationKind : char {
  Table,
  View,
  MaterializedView,
  Sequence,
  Index,             // object: the Index
  ConstraintIndex,   // object: the Constraint
  IdentitySequence,  // object: the Table
  Composite,
};

struct Relation {
  RelationKind kind{};
  schema::Object* object = nullptr;
};

// A user-defined type, row types of relations included.
struct UserType {
  schema::Object* object = nullptr;  // null: of an unmodelled kind
  bool multirange = false;           // the object is its Range
};

// What stands on a table or materialized view, beside the catalog's own order: in creation order.
struct Attached {
  std::vector<schema::Object*> indexes;  // Index, or Constraint that has one
  std::vector<schema::Table*> children;  // partitions and inheritors
};

// Where a new table, materialized view or index is stored unless its statement says so: the
// settings default_tablespace and default_table_access_method, which pg_dump writes. Empty: the
// database's.
struct StorageDefaults {
  std::string tablespace, access_method;
};

class Builder {
 public:
  schema::Catalog catalog;
  NameMap<Relation> relations;
  NameMap<UserType> types;
  NameMap<std::vector<schema::Object*>> routines;  // Routine and Aggregate
  NameMap<int> constraint_names;  // how many constraints of the schema are called so
  std::unordered_map<const schema::Object*, Attached> attached;
  // What an Index, or a Constraint that has one, calls its columns where some are expressions.
  std::unordered_map<const schema::Object*, std::vector<std::string>> index_columns;
  std::unordered_map<std::string, std::string> extension_schemas;  // where its objects are
  // Names that the texts give by CREATE: what is not among them may be an extension's.
  std::unordered_set<std::string> declared_types;
  std::unordered_set<std::string> declared_routines;
  std::vector<std::string> initial_path;
  int path = 0;  // index into Catalog::search_paths
  StorageDefaults storage;

  const std::vector<std::string>& search_path() const {
    return catalog.search_paths[static_cast<std::size_t>(path)];
  }
  void set_search_path(std::vector<std::string> schemas);

  // What the model has for a name as written (may be null): empty is the database's default.
  std::string tablespace_of(const char* written) const;
  std::string access_method_of(const char* written) const;

  bool schema_exists(const std::string& name) const;
  // The schema for a new object; `name` as written, may be empty. Throws Missing.
  std::string creation_schema(const std::string& name) const;

  // By written name; null if there is none.
  const Relation* find_relation(const schema::QualifiedName& written) const;
  const std::pair<const schema::QualifiedName, UserType>* find_type(
      const schema::QualifiedName& written) const;
  // Throw Missing. `what` is the word of the message.
  const Relation& relation(const schema::QualifiedName& written, std::string_view what) const;
  schema::Table& table(const schema::QualifiedName& written) const;

  // True when an unknown name may belong to an extension that the texts create.
  bool may_be_extension_type(const std::string& name) const;
  bool may_be_extension_routine(const std::string& name) const;
  // Where an extension's object is, as far as can be told; else empty.
  std::string extension_schema_of(const std::string& object_name) const;

  // Adds the object to its map, with the search path in force and its kind's default privileges.
  // Throws Error when it exists.
  template <class T>
  T& add(T object);
  // Enter the object under a name. Throw Error when the name is taken.
  void enter_relation(schema::Object& object, RelationKind kind, const schema::QualifiedName& name);
  void enter_type(schema::Object* object, const schema::QualifiedName& name,
                  bool multirange = false);

  void note_constraint(const std::string& schema, const std::string& name) {
    ++constraint_names[{schema, name}];
  }
  void forget_constraint(const std::string& schema, const std::string& name);

  // ChooseRelationName, ChooseConstraintName (indexcmds.c, pg_constraint.c).
  std::string choose_relation_name(std::string_view name1, std::string_view name2,
                                   std::string_view label, const std::string& schema,
                                   bool is_constraint) const;
  std::string choose_constraint_name(std::string_view name1, std::string_view name2,
                                     std::string_view label, const std::string& schema) const;

  // The privileges of a new object, as the default privileges that the file has set so far have it.
  const std::vector<schema::Grant>& default_acl(schema::Kind kind, const std::string& schema);
  void forget_default_acls() { default_acls_.clear(); }

  void note_once(const std::string& key, const std::string& note);

 private:
  std::map<std::pair<schema::Kind, std::string>, std::vector<schema::Grant>> default_acls_;
  std::unordered_set<std::string> noted_;
};

inline schema::QualifiedName name_of(const schema::ObjectId& id) { return {id.schema, id.name}; }
inline schema::QualifiedName name_of(const schema::Object& object) { return name_of(object.id); }

}  // namespace schemadiff::parser
