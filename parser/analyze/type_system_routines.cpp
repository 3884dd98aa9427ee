// The routines, operators, casts and operator classes that a catalog and its extensions bring
// along.
#include <algorithm>

#include "parser/analyze/type_system_tables.h"

namespace schemadiff::parser {
namespace {

using schema::ExtensionObjects;

class Reader {
 public:
  Reader(const TypeSystem& system, TypeTables& tables) : system_(system), tables_(tables) {}

  void read() {
    const schema::Catalog& catalog = tables_.catalog;
    for (const auto& [id, routine] : catalog.routines) add(routine);
    for (const auto& [id, range] : catalog.ranges) add_constructors(range);
    read(catalog.extension_objects);
    read(tables_.environment);
    for (const auto& [id, aggregate] : catalog.aggregates) add(aggregate);
    for (const auto& [id, op] : catalog.operators) add(op);
    for (const auto& [id, cast] : catalog.casts) add(cast);
    for (const auto& [id, opclass] : catalog.operator_classes)
      tables_.opclasses.push_back(
          {id.args, id.schema, id.name, type(opclass.type.sql), opclass.is_default});
  }

 private:
  // A type by its text, or none; a row with such a type matches nothing.
  TypeId type(std::string_view text) const { return system_.parse(text).id; }

  void add(FunctionInfo function, std::vector<TypeId> args, std::vector<std::string_view> names) {
    bool named = std::any_of(names.begin(), names.end(), [](auto name) { return !name.empty(); });
    function.args = tables_.function_args.emplace_back(std::move(args));
    if (named) function.arg_names = tables_.function_arg_names.emplace_back(std::move(names));
    const FunctionInfo& stored = tables_.functions.emplace_back(function);
    tables_.functions_by_name[stored.name].push_back(&stored);
  }

  TypeId variadic_element(TypeId declared) const {
    if (declared == types::kAny) return types::kAny;
    if (declared == types::kAnyArray) return types::kAnyElement;
    if (declared == types::kAnyCompatibleArray) return types::kAnyCompatible;
    return system_.array_element(declared);
  }

  // The input arguments; sets defaults and variadic of `function`.
  void take_arguments(const std::vector<schema::Argument>& from, FunctionInfo& function,
                      std::vector<TypeId>& args, std::vector<std::string_view>& names) const {
    for (const schema::Argument& argument : from) {
      if (argument.mode == 'o' || argument.mode == 't') continue;
      args.push_back(type(argument.type.sql));
      names.push_back(argument.name);
      if (!argument.default_value.empty()) ++function.defaults;
      if (argument.mode == 'v') function.variadic = variadic_element(args.back());
    }
  }

  void add(const schema::Routine& routine) {
    FunctionInfo function;
    function.schema = routine.id.schema;
    function.name = routine.id.name;
    function.result = routine.returns.empty() ? types::kVoid : type(routine.returns.sql);
    function.returns_set = routine.returns_set;
    function.kind = routine.prokind;
    function.provenance = Provenance::User;
    function.object = &routine;
    std::vector<TypeId> args;
    std::vector<std::string_view> names;
    take_arguments(routine.arguments, function, args, names);
    add(function, std::move(args), std::move(names));
  }

  // The final function's result, or the state's type (pg_aggregate.h, AggregateCreate).
  TypeId aggregate_result(const schema::Aggregate& aggregate, TypeId state) const {
    if (aggregate.finalfunc.empty()) return state;
    TypeId result;
    bool exact = false;
    tables_.for_each_function(aggregate.finalfunc.name, [&](const FunctionInfo& function) {
      if (function.schema != aggregate.finalfunc.schema || function.args.empty() || exact) return;
      exact = function.args.front() == state;
      if (exact || !result) result = function.result;
    });
    return result ? result : state;
  }

  void add(const schema::Aggregate& aggregate) {
    FunctionInfo function;
    function.schema = aggregate.id.schema;
    function.name = aggregate.id.name;
    function.kind = 'a';
    function.aggkind = aggregate.aggkind;
    function.direct_args = static_cast<std::int16_t>(aggregate.direct_arguments);
    function.provenance = Provenance::User;
    function.object = &aggregate;
    function.result = aggregate_result(aggregate, type(aggregate.stype.sql));
    std::vector<TypeId> args;
    std::vector<std::string_view> names;
    take_arguments(aggregate.arguments, function, args, names);
    add(function, std::move(args), std::move(names));
  }

  void add(const schema::Operator& from) {
    OperatorInfo op;
    op.schema = from.id.schema;
    op.name = from.id.name;
    if (!from.left.empty()) op.left = type(from.left.sql);
    op.right = type(from.right.sql);
    op.provenance = Provenance::User;
    op.object = &from;
    std::vector<TypeId> operands{op.right};
    if (op.left) operands.insert(operands.begin(), op.left);
    tables_.for_each_function(from.function.name, [&](const FunctionInfo& function) {
      if (function.schema == from.function.schema &&
          std::equal(operands.begin(), operands.end(), function.args.begin(), function.args.end()))
        op.result = function.result;
    });
    const OperatorInfo& stored = tables_.operators.emplace_back(op);
    tables_.operators_by_name[stored.name].push_back(&stored);
  }

  void add(const schema::Cast& from) {
    const TypeId source = type(from.source.sql), target = type(from.target.sql);
    if (source && target)
      tables_.casts.emplace(cast_key(source, target),
                            CastInfo{from.context, from.method, {}, &from});
  }

  // CREATE TYPE … AS RANGE makes functions of the range's and the multirange's names.
  void add_constructors(const schema::Range& range) {
    TypeId self = system_.find(range.id.schema, range.id.name);
    const TypeInfo& info = system_.info(self);
    FunctionInfo function;
    function.provenance = Provenance::User;
    function.schema = info.schema;
    function.name = info.name;
    function.result = self;
    add(function, {info.subtype, info.subtype}, {});
    add(function, {info.subtype, info.subtype, types::kText}, {});
    if (!info.multirange) return;
    const TypeInfo& multirange = system_.info(info.multirange);
    function.schema = multirange.schema;
    function.name = multirange.name;
    function.result = info.multirange;
    add(function, {}, {});
    add(function, {self}, {});
    function.variadic = self;
    add(function, {info.array}, {});
  }

  void read(const ExtensionObjects& objects) {
    for (const ExtensionObjects::Function& from : objects.functions) {
      FunctionInfo function;
      function.schema = from.name.schema;
      function.name = from.name.name;
      function.result = type(from.returns);
      function.returns_set = from.returns_set;
      function.defaults = static_cast<std::uint16_t>(from.defaults);
      function.kind = from.prokind;
      function.provenance = Provenance::Extension;
      std::vector<TypeId> args;
      for (const std::string& arg : from.args) args.push_back(type(arg));
      if (from.variadic && !args.empty()) function.variadic = variadic_element(args.back());
      add(function, std::move(args), {});
    }
    for (const ExtensionObjects::Operator& from : objects.operators) {
      OperatorInfo op;
      op.schema = from.name.schema;
      op.name = from.name.name;
      op.left = type(from.left);
      op.right = type(from.right);
      op.result = type(from.result);
      op.provenance = Provenance::Extension;
      const OperatorInfo& stored = tables_.operators.emplace_back(op);
      tables_.operators_by_name[stored.name].push_back(&stored);
    }
    for (const ExtensionObjects::Cast& from : objects.casts) {
      TypeId source = type(from.source), target = type(from.target);
      if (source && target) {
        tables_.casts.emplace(cast_key(source, target),
                              CastInfo{from.context, from.method, {}, nullptr});
      }
    }
    for (const ExtensionObjects::Opclass& from : objects.opclasses) {
      tables_.opclasses.push_back(
          {from.method, from.name.schema, from.name.name, type(from.type), from.is_default});
    }
  }

  const TypeSystem& system_;
  TypeTables& tables_;
};

}  // namespace

void read_user_routines(const TypeSystem& system, TypeTables& tables) {
  Reader(system, tables).read();
}

}  // namespace schemadiff::parser
