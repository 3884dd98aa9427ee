// PostgreSQL's types as one table: built-in ones, those of a Catalog (row types included) and those
// of extensions; how their names are written, resolved and printed.
//
// The rest of the type system are free functions over this table:
//   type_system_coercion.h   casts, common types, polymorphic types
//   type_system_functions.h  functions and aggregates by argument types
//   type_system_operators.h  operators by operand types
//   type_system_literals.h   the output form of an input literal
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/catalog.h"

namespace schemadiff::parser {

// A type, as a small handle. Built-in types have their pg_type.oid; others, numbers from 16384 that
// are valid in one TypeSystem only. 0: none.
struct TypeId {
  std::uint32_t oid = 0;
  constexpr explicit operator bool() const { return oid != 0; }
  constexpr auto operator<=>(const TypeId&) const = default;
};

// A type with its modifier as in pg_attribute.atttypmod; -1: none. Modifiers of extension types
// that are not one integer have values that mean something to their TypeSystem only.
struct TypeRef {
  TypeId id;
  std::int32_t typmod = -1;
  constexpr explicit operator bool() const { return bool(id); }
  constexpr auto operator<=>(const TypeRef&) const = default;
};

namespace types {
inline constexpr TypeId kBool{16}, kBytea{17}, kChar{18}, kName{19}, kInt8{20}, kInt2{21},
    kInt2Vector{22}, kInt4{23}, kRegproc{24}, kText{25}, kOid{26}, kTid{27}, kXid{28}, kCid{29},
    kOidVector{30}, kJson{114}, kXml{142}, kPoint{600}, kFloat4{700}, kFloat8{701}, kUnknown{705},
    kMoney{790}, kCidr{650}, kInet{869}, kMacaddr{829}, kMacaddr8{774}, kBpchar{1042},
    kVarchar{1043}, kDate{1082}, kTime{1083}, kTimestamp{1114}, kTimestamptz{1184}, kInterval{1186},
    kTimetz{1266}, kBit{1560}, kVarbit{1562}, kNumeric{1700}, kRefcursor{1790}, kRegprocedure{2202},
    kRegoper{2203}, kRegoperator{2204}, kRegclass{2205}, kRegtype{2206}, kRecord{2249},
    kCstring{2275}, kAny{2276}, kAnyArray{2277}, kVoid{2278}, kTrigger{2279}, kInternal{2281},
    kAnyElement{2283}, kRecordArray{2287}, kCstringArray{1263}, kAnyNonArray{2776}, kUuid{2950},
    kPgLsn{3220}, kAnyEnum{3500}, kTsVector{3614}, kTsQuery{3615}, kRegconfig{3734},
    kRegdictionary{3769}, kJsonb{3802}, kAnyRange{3831}, kEventTrigger{3838}, kJsonpath{4072},
    kRegnamespace{4089}, kRegrole{4096}, kRegcollation{4191}, kAnyMultirange{4537},
    kAnyCompatibleMultirange{4538}, kAnyCompatible{5077}, kAnyCompatibleArray{5078},
    kAnyCompatibleNonArray{5079}, kAnyCompatibleRange{5080}, kBoolArray{1000}, kInt4Array{1007},
    kTextArray{1009};
}  // namespace types

// Where an object comes from.
enum class Provenance : std::uint8_t { BuiltIn, User, Extension };

// What pg_type says of a type. Names are as stored: {"pg_catalog", "int4"}, {"public", "mood"},
// {"public", "_mood"}; the views live as long as the TypeSystem.
struct TypeInfo {
  std::string_view schema;
  std::string_view name;
  char typtype = 'b';   // b base, c composite, d domain, e enum, p pseudo, r range, m multirange
  char category = 'U';  // pg_type.typcategory: A array, B boolean, … X unknown
  bool preferred = false;
  bool collatable = false;
  char storage = 'p';    // p plain, e external, m main, x extended
  char alignment = 'i';  // c char, s int2, i int4, d double; this and the next two of built-in ones
  bool by_value = false;
  std::int16_t length = -1;  // in bytes; -1: variable
  bool true_array = false;   // a variable-length array: `element[]`
  Provenance provenance = Provenance::BuiltIn;
  bool opaque =
      false;          // of an extension or a base type of its own: its input and output are unknown
  TypeId element;     // pg_type.typelem: what subscripting gives; also of point, name, …
  TypeId array;       // the type `this[]`, where there is one
  TypeId subtype;     // of a range: its subtype; of a multirange: its range
  TypeId multirange;  // of a range
  TypeRef base;       // of a domain: what it is over, with the modifier
  const schema::Object* object =
      nullptr;  // of a user type: its Enum, Domain, Composite, Range, Table…
};

// Adds what a definition refers to that uses the type: its object, and of a table its rows.
void add_refs(const TypeInfo& type, std::vector<schema::ObjectId>& refs);

// A column of a relation or an attribute of a composite type. An empty collation is the type's own.
struct ColumnInfo {
  std::string_view name;
  TypeRef type;
  schema::QualifiedName collation;
};

// A relation, by name. kind is pg_class.relkind, 'r' for every table.
struct RelationInfo {
  std::string_view schema;
  std::string_view name;
  char kind = 'r';  // r table, v view, m materialized view, S sequence, c composite type, i index
  TypeId row_type;  // none for sequences and indexes
  Provenance provenance = Provenance::BuiltIn;
};

// What SQL text says of a type: `schema.name(modifiers)[]`. A name that the grammar itself knows
// (int, varchar, timestamp with time zone) is given as it gives it: {"pg_catalog", "int4"}.
struct WrittenType {
  std::string schema;  // empty: by search path
  std::string name;
  std::vector<std::string>
      modifiers;  // each as text: "20", "Point"; interval: field mask, precision
  bool array = false;
};

// Unqualified names mean the first match in pg_catalog and then in these schemas; pg_catalog may
// stand in the list, and is then searched at its place.
using SearchPath = std::span<const std::string>;

struct TypeTables;  // private to type_system*.cpp

// Immutable after construction, cheap to share between threads. Keeps references into the catalog
// and the environment, which must outlive it; columns of tables and views are read from the catalog
// at each call, so views that are analysed later are seen. Objects that were added later are not.
class TypeSystem {
 public:
  // Extension objects are those of the catalog and those of `environment`.
  TypeSystem(const schema::Catalog& catalog, const schema::ExtensionObjects& environment);
  ~TypeSystem();
  TypeSystem(const TypeSystem&) = delete;
  TypeSystem& operator=(const TypeSystem&) = delete;

  // Whether a time stamp without a zone is one of UTC; else it is not known which.
  bool utc_sessions() const;

  // The entry of a type of this system; of none, an entry without name.
  const TypeInfo& info(TypeId type) const;
  // The same of an array's elements.
  const TypeInfo& element_or_itself(TypeId type) const;

  // By stored name: ("pg_catalog", "int4"), ("public", "mood"). None: no such type. Array types
  // have stored names too ("_int4", "_mood").
  TypeId find(std::string_view schema, std::string_view name) const;
  // By a stored name that may lack its schema.
  TypeId find(std::string_view schema, std::string_view name, SearchPath path) const;

  // What a type in SQL text means, modifiers checked and packed (parse_type.c,
  // typenameTypeIdAndMod). None: no such type, or modifiers that it does not take.
  TypeRef resolve(const WrittenType& written, SearchPath path) const;

  // A type in SQL text, the grammar's own words included: "int", "varchar(20)", "public.mood[]",
  // "timestamp (3) with time zone", "char" (means character(1)), "double precision", "x.y%type"
  // not.
  TypeRef parse_written(std::string_view text, SearchPath path) const;

  // A type as format_type prints it with an empty search path (schema::TypeName::sql). "character"
  // and "bit" without a modifier mean just that, as in function signatures.
  TypeRef parse(std::string_view text) const;

  // parse() and back: "character varying(20)", "public.mood[]". With typmod -1, bpchar prints as
  // "bpchar" and bit as "\"bit\"" as format_type does for a column of that type.
  std::string text(TypeRef type) const;
  // Without modifier, as in signatures: "character", "bit", "numeric".
  std::string text(TypeId type) const;

  // The domain's base type, through domains over domains; other types are returned as they are. The
  // outer domain's typmod wins, as in getBaseTypeAndTypmod.
  TypeRef base(TypeRef type) const;
  TypeId base(TypeId type) const { return base(TypeRef{type, -1}).id; }

  // The element type of a true array, or of an array under domains; none for others.
  TypeId array_element(TypeId type) const;

  bool is_polymorphic(TypeId type) const;
  bool is_row(TypeId type) const;  // composite, record, or a domain over composite

  // The row type of a relation or composite type; none if there is no such.
  TypeId row_type(std::string_view schema, std::string_view name) const;

  // Attributes in order; empty for types without (record too). For views whose columns are not
  // known yet, what is known. A column whose type cannot be told has type none.
  std::vector<ColumnInfo> columns(TypeId row_type) const;

  // Tables, views, sequences, indexes, composite types; those of pg_catalog and information_schema
  // too.
  std::optional<RelationInfo> find_relation(std::string_view schema, std::string_view name,
                                            SearchPath path) const;

  // Collations, access methods, procedural languages. pg_catalog's are those of the generator's
  // server; an unknown collation is none.
  std::optional<schema::QualifiedName> find_collation(std::string_view schema,
                                                      std::string_view name, SearchPath path) const;
  // Likewise a collation, text search configuration or dictionary.
  std::optional<schema::QualifiedName> find_named(schema::Kind kind, std::string_view schema,
                                                  std::string_view name, SearchPath path) const;
  bool has_access_method(std::string_view name) const;
  bool has_language(std::string_view name) const;

  // The default operator class of the access method for the type (indexcmds.c, GetDefaultOpClass).
  // None: there is none.
  std::optional<schema::QualifiedName> default_opclass(std::string_view method, TypeId type) const;
  // The operator class by a name that may lack its schema.
  std::optional<schema::QualifiedName> find_opclass(std::string_view method,
                                                    std::string_view schema, std::string_view name,
                                                    SearchPath path) const;

  const TypeTables& tables() const { return *tables_; }

 private:
  std::unique_ptr<TypeTables> tables_;
};

}  // namespace schemadiff::parser

template <>
struct std::hash<schemadiff::parser::TypeId> {
  std::size_t operator()(schemadiff::parser::TypeId type) const noexcept { return type.oid; }
};
