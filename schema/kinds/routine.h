// CREATE FUNCTION, PROCEDURE and AGGREGATE.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct Argument {
  char mode = 'i';  // pg_proc.proargmodes: i in, o out, b inout, v variadic, t table column
  std::string name;  // empty: none
  TypeName type;
  Expr default_value;
  bool operator==(const Argument&) const = default;
};

// id.args holds the canonical types of the input arguments (modes i, b, v).
struct Routine : Object {
  static constexpr Kind kKind = Kind::Routine;
  char prokind = 'f';  // pg_proc.prokind: f function, p procedure, w window
  std::vector<Argument> arguments;
  TypeName returns;  // empty for procedures; "record" or a type where OUT arguments decide
  bool returns_set = false;
  std::string language;
  std::string body;    // prosrc; for C the link symbol; empty when sql_body is set
  std::string object_file;  // probin: C functions only
  Expr sql_body;       // SQL-standard body: "RETURN …" or "BEGIN ATOMIC … END"
  char volatility = 'v';   // i s v
  bool strict = false;
  bool security_definer = false;
  bool leakproof = false;
  char parallel = 'u';     // s r u
  double cost = 100;       // 1 for C and internal where not said
  double rows = 0;         // 1000 for set-returning where not said, else 0
  QualifiedName support;
  Options config;          // SET name = value, values as in pg_proc.proconfig
  std::vector<TypeName> transforms;
  static constexpr auto attributes() {
    return std::make_tuple(
        attribute("kind", &Routine::prokind, Alter::Replace),
        attribute("arguments", &Routine::arguments, Alter::Depends),
        attribute("return type", &Routine::returns, Alter::Replace),
        attribute("returns set", &Routine::returns_set, Alter::Replace),
        attribute("language", &Routine::language), attribute("body", &Routine::body),
        attribute("object file", &Routine::object_file), attribute("SQL body", &Routine::sql_body),
        attribute("volatility", &Routine::volatility), attribute("strict", &Routine::strict),
        attribute("security definer", &Routine::security_definer),
        attribute("leakproof", &Routine::leakproof), attribute("parallel", &Routine::parallel),
        attribute("cost", &Routine::cost), attribute("rows", &Routine::rows),
        attribute("support function", &Routine::support), attribute("settings", &Routine::config),
        attribute("transforms", &Routine::transforms));
  }
};

// id.args as pg_get_function_identity_arguments without names: direct and aggregated input types.
struct Aggregate : Object {
  static constexpr Kind kKind = Kind::Aggregate;
  char aggkind = 'n';  // pg_aggregate.aggkind: n normal, o ordered-set, h hypothetical-set
  int direct_arguments = 0;  // of the arguments, how many are direct (aggkind o and h)
  std::vector<Argument> arguments;
  QualifiedName sfunc;
  TypeName stype;
  int sspace = 0;
  QualifiedName finalfunc;
  bool finalfunc_extra = false;
  char finalfunc_modify = 'r';  // r read_only, s shareable, w read_write; 'w' is the default of aggkind o and h
  QualifiedName combinefunc, serialfunc, deserialfunc;
  std::optional<std::string> initcond;
  QualifiedName msfunc, minvfunc;
  TypeName mstype;
  int msspace = 0;
  QualifiedName mfinalfunc;
  bool mfinalfunc_extra = false;
  char mfinalfunc_modify = 'r';
  std::optional<std::string> minitcond;
  QualifiedName sortop;
  char parallel = 'u';
  // What says how a final function is called means nothing without one, and dumps leave it out.
  void forget_absent_finals() {
    const char usual = aggkind == 'n' ? 'r' : 'w';
    if (finalfunc.empty()) finalfunc_extra = false, finalfunc_modify = usual;
    if (mfinalfunc.empty()) mfinalfunc_extra = false, mfinalfunc_modify = usual;
  }
  static constexpr auto attributes() {
    constexpr auto R = Alter::Replace;
    return std::make_tuple(
        attribute("kind", &Aggregate::aggkind, R),
        attribute("direct arguments", &Aggregate::direct_arguments, R),
        attribute("arguments", &Aggregate::arguments, R), attribute("sfunc", &Aggregate::sfunc, R),
        attribute("stype", &Aggregate::stype, R), attribute("sspace", &Aggregate::sspace, R),
        attribute("finalfunc", &Aggregate::finalfunc, R),
        attribute("finalfunc_extra", &Aggregate::finalfunc_extra, R),
        attribute("finalfunc_modify", &Aggregate::finalfunc_modify, R),
        attribute("combinefunc", &Aggregate::combinefunc, R),
        attribute("serialfunc", &Aggregate::serialfunc, R),
        attribute("deserialfunc", &Aggregate::deserialfunc, R),
        attribute("initcond", &Aggregate::initcond, R), attribute("msfunc", &Aggregate::msfunc, R),
        attribute("minvfunc", &Aggregate::minvfunc, R), attribute("mstype", &Aggregate::mstype, R),
        attribute("msspace", &Aggregate::msspace, R),
        attribute("mfinalfunc", &Aggregate::mfinalfunc, R),
        attribute("mfinalfunc_extra", &Aggregate::mfinalfunc_extra, R),
        attribute("mfinalfunc_modify", &Aggregate::mfinalfunc_modify, R),
        attribute("minitcond", &Aggregate::minitcond, R),
        attribute("sortop", &Aggregate::sortop, R), attribute("parallel", &Aggregate::parallel, R));
  }
};

}  // namespace schemadiff::schema
