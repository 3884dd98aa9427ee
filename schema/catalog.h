// A database's schema as one value: what both sides of a comparison become.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "schema/kinds/cast.h"
#include "schema/kinds/collation.h"
#include "schema/kinds/default_privileges.h"
#include "schema/kinds/event_trigger.h"
#include "schema/kinds/foreign.h"
#include "schema/kinds/index.h"
#include "schema/kinds/language.h"
#include "schema/kinds/publication.h"
#include "schema/kinds/operator.h"
#include "schema/kinds/routine.h"
#include "schema/kinds/rule.h"
#include "schema/kinds/schema.h"
#include "schema/kinds/statistics.h"
#include "schema/kinds/subscription.h"
#include "schema/kinds/table.h"
#include "schema/kinds/text_search.h"
#include "schema/kinds/trigger.h"
#include "schema/kinds/type.h"
#include "schema/kinds/view.h"

namespace schemadiff::schema {

template <class T>
using ObjectMap = std::map<ObjectId, T>;

// Something that a source holds and the model does not: reported, never ignored.
struct Unmodelled {
  std::string kind;       // "operator", "event trigger", or "table" for an attribute of a modelled kind
  std::string name;       // of the object, qualified
  std::string attribute;  // empty: the whole object
  Span span;
};

// What a schema file says of an object beside its definition: `-- schemadiff: key=value`.
struct Hint {
  std::string key;
  std::string value;
  Span span;
};

// What extensions bring along, for name and type resolution only; never compared, created or dropped.
// Types are spelt as TypeName::sql.
struct ExtensionObjects {
  struct Type {
    QualifiedName name;
    char typtype = 'b';       // pg_type.typtype
    char category = 'U';      // pg_type.typcategory
    bool preferred = false;
    std::string base;         // of a domain
    char storage = 'p';       // pg_type.typstorage
    bool collatable = false;
  };
  struct Function {
    QualifiedName name;
    std::vector<std::string> args;  // input types
    std::string returns;
    bool returns_set = false;
    int defaults = 0;     // number of trailing arguments with defaults
    bool variadic = false;
    char prokind = 'f';
  };
  struct Operator {
    QualifiedName name;
    std::string left, right, result;  // left is empty for prefix operators
  };
  struct Cast {
    std::string source, target;
    char context = 'e';  // pg_cast.castcontext: i implicit, a assignment, e explicit
    char method = 'f';   // pg_cast.castmethod: f function, i inout, b binary
  };
  struct Opclass {
    QualifiedName name;
    std::string method, type;
    bool is_default = false;
  };
  struct Member {  // with privileges; see MemberPrivileges; also of pg_catalog, of no extension
    Kind kind{};   // Table for all relations but sequences, Enum for all types
    std::string schema, target, owner, extension;
    std::vector<Grant> initial;  // what it came with
  };
  std::vector<Member> members;
  // Of no extension: whether sessions of the server have UTC as their time zone, which is then what
  // a time stamp without a zone means.
  bool utc_sessions = false;
  std::vector<Type> types;
  std::vector<Function> functions;
  std::vector<Operator> operators;
  std::vector<Cast> casts;
  std::vector<Opclass> opclasses;
};

// GRANT or REVOKE on what no text creates: it is an extension's or the server's. Analysis makes
// MemberPrivileges of them, when it knows what they came with.
struct MemberGrant {
  Kind kind{};         // as of ExtensionObjects::Member
  std::string schema;
  // as of MemberPrivileges; empty: all of the kind in the schema; "EXTENSION name": all of the kind
  // that it made
  std::string target;
  bool is_grant = true;
  bool grant_option = false;
  std::vector<std::string> grantees;
  std::vector<std::string> privileges;
  Span span;
};

struct Catalog {
#define KIND(name, map, label, keyword) ObjectMap<name> map;
#include "schema/kinds.def"

  std::vector<std::string> files;                       // for Span::file
  // What unqualified names in definition texts mean, for Object::search_path; [0] is empty:
  // only pg_catalog, as introspection and pg_dump files have it.
  std::vector<std::vector<std::string>> search_paths{{}};
  std::vector<Unmodelled> unmodelled;
  std::map<ObjectId, std::vector<Hint>> hints;          // of objects and columns
  std::vector<std::string> notes;                       // for standard error; e.g. "COPY data was ignored"
  ExtensionObjects extension_objects;                   // filled by introspection; else empty
  std::vector<MemberGrant> member_grants;               // of files, in order
  // What a server newer than the grammar says of the references of its definitions, by the object that
  // holds them (a column's default: Kind::Default), for those that the grammar cannot read.
  std::map<ObjectId, std::vector<ObjectId>> dependencies;
  bool says_owners = false;      // a database, or a file with OWNER TO / AUTHORIZATION
  bool says_privileges = false;  // a database, or a file with GRANT / REVOKE
  int server_version = 0;        // as server_version_num / 10000; 0: not a server
  std::string current_role;      // who reads the database and changes it; empty: not known
  // Roles of which a file says what means another thing where they are the current one.
  std::set<std::string> roles_that_matter;

  // f(map) for each map of objects, in creation order of their kinds.
  template <class F>
  void for_each_map(F&& f) { each(*this, f); }
  template <class F>
  void for_each_map(F&& f) const { each(*this, f); }

  // f(object) for each object of each kind.
  template <class F>
  void for_each(F&& f) {
    for_each_map([&](auto& map) { for (auto& [id, object] : map) f(object); });
  }
  template <class F>
  void for_each(F&& f) const {
    for_each_map([&](const auto& map) { for (const auto& [id, object] : map) f(object); });
  }

  // The common part of the object, or null. Columns and defaults are found by their table's entry.
  const Object* find(const ObjectId& id) const;

  // The hint of that key; null where there is none.
  const Hint* hint(const ObjectId& id, std::string_view key) const;

  const Table* table(const QualifiedName& name) const;
  Table* table(const QualifiedName& name);

 private:
  template <class C, class F>
  static void each(C& c, F& f) {
#define KIND(name, map, label, keyword) f(c.map);
#include "schema/kinds.def"
  }
};

// The map of a kind: map_of<Table>(catalog) is catalog.tables.
template <class T, class C>
decltype(auto) map_of(C& catalog) {
#define KIND(name, map, label, keyword) \
  if constexpr (std::is_same_v<T, name>) return (catalog.map);
#include "schema/kinds.def"
}

}  // namespace schemadiff::schema
