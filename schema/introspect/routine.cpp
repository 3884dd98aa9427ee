// Functions and procedures; aggregates share their rows (aggregate.cpp).
#include <algorithm>

#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

// proargtypes has the input arguments; proallargtypes, where there are others, has all.
std::vector<Argument> arguments_of(const Reading& reading, const std::vector<Oid>& inputs,
                                   const std::vector<Oid>& all,
                                   const std::vector<std::string>& modes,
                                   const std::vector<std::string>& names,
                                   const std::vector<std::string>& defaults) {
  const std::vector<Oid>& types = all.empty() ? inputs : all;
  std::vector<Argument> arguments(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    arguments[i].type = reading.argument_type(types[i]);
    if (i < names.size()) arguments[i].name = names[i];
    if (i < modes.size() && !modes[i].empty()) arguments[i].mode = modes[i][0];
  }
  // Defaults are of the last input arguments.
  std::size_t left = defaults.size();
  for (std::size_t i = arguments.size(); i-- > 0 && left > 0;) {
    if (arguments[i].mode == 'o' || arguments[i].mode == 't') continue;
    arguments[i].default_value.sql = defaults[--left];
  }
  return arguments;
}

void add_extension_function(Reading& reading, const RoutineRow& row) {
  const Routine& routine = row.routine;
  ExtensionObjects::Function function;
  function.name = {routine.id.schema, routine.id.name};
  for (Oid input : row.inputs) function.args.push_back(reading.type(input).sql);
  function.returns = routine.returns.sql;
  function.returns_set = routine.returns_set;
  for (const Argument& argument : routine.arguments) {
    if (!argument.default_value.empty()) ++function.defaults;
  }
  function.variadic = std::any_of(routine.arguments.begin(), routine.arguments.end(),
                                  [](const Argument& argument) { return argument.mode == 'v'; });
  function.prokind = routine.prokind;
  reading.catalog.extension_objects.functions.push_back(std::move(function));
}

}  // namespace

std::string signature(const Reading& reading, const std::vector<Oid>& inputs) {
  std::string args;
  for (Oid input : inputs) {
    if (!args.empty()) args += ", ";
    args += reading.argument_type(input).sql;
  }
  return args;
}

void read_routines(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    RoutineRow& row = reading.routines[oid];
    Routine& routine = row.routine;
    Oid schema = rows.oid();
    QualifiedName name = reading.qualified(schema, rows.text());
    routine.owner = at(reading.roles, rows.oid());
    routine.prokind = rows.letter();
    routine.language = at(reading.languages, rows.oid());
    routine.cost = rows.real();
    routine.rows = rows.real();
    routine.support = at(reading.functions, rows.oid());
    routine.security_definer = rows.flag();
    routine.leakproof = rows.flag();
    routine.strict = rows.flag();
    routine.returns_set = rows.flag();
    routine.volatility = rows.letter();
    routine.parallel = rows.letter();
    Oid returns = rows.oid();
    if (routine.prokind != 'p') routine.returns = reading.argument_type(returns);
    row.inputs = rows.oids();
    std::vector<Oid> all = rows.oids();
    std::vector<std::string> modes = rows.texts();
    std::vector<std::string> names = rows.texts();
    std::vector<std::string> defaults = split_expressions(rows.view());
    routine.arguments = arguments_of(reading, row.inputs, all, modes, names, defaults);
    for (Oid type : rows.oids()) routine.transforms.push_back(reading.argument_type(type));
    routine.object_file = rows.text();
    routine.config = rows.options();
    routine.acl = effective_acl(rows.view(), routine.owner, Kind::Routine);
    routine.sql_body.sql = rows.text();
    routine.body = rows.text();
    if (!routine.sql_body.empty()) routine.body.clear();
    reading.describe(routine, {catalogs::kProc, oid});
    routine.id = object_id(Kind::Routine, name, signature(reading, row.inputs));
  }
}

void add_routines(Reading& reading) {
  for (auto& [oid, row] : reading.routines) {
    if (reading.is_member({catalogs::kProc, oid})) {
      add_extension_function(reading, row);
    } else if (row.routine.prokind != 'a' &&
               reading.ours({row.routine.id.schema, row.routine.id.name})) {
      add(reading.catalog.routines, std::move(row.routine));
    }
  }
  auto& functions = reading.catalog.extension_objects.functions;
  std::sort(functions.begin(), functions.end(), [](const auto& a, const auto& b) {
    return std::tie(a.name, a.args) < std::tie(b.name, b.args);
  });
}

}  // namespace schemadiff::schema::introspection
