// Which function a call means (parse_func.c, func_get_detail; namespace.c, FuncnameGetCandidates).
#include "parser/analyze/type_system_functions.h"

#include <algorithm>

#include "parser/analyze/type_system_candidates.h"
#include "parser/analyze/type_system_coercion.h"
#include "parser/analyze/type_system_tables.h"

namespace schemadiff::parser {
namespace {

// MatchNamedCall: the parameter for each argument; empty when they do not fit.
std::vector<int> match_names(const FunctionInfo& function, const FunctionCall& call) {
  std::size_t given = call.args.size(), positional = given - call.arg_names.size();
  std::size_t parameters = function.args.size();
  std::vector<bool> filled(parameters, false);
  std::vector<int> places;
  for (std::size_t i = 0; i < given; ++i) {
    std::size_t place = i;
    if (i >= positional) {
      auto at = std::find(function.arg_names.begin(), function.arg_names.end(),
                          call.arg_names[i - positional]);
      if (at == function.arg_names.end()) return {};
      place = static_cast<std::size_t>(at - function.arg_names.begin());
    }
    if (place >= parameters || filled[place]) return {};
    filled[place] = true;
    places.push_back(static_cast<int>(place));
  }
  for (std::size_t i = 0; i < parameters; ++i) {
    if (!filled[i] && i < parameters - function.defaults) return {};
  }
  return places;
}

// The candidate that the function is for this call, or nothing when the number of arguments is
// wrong.
std::optional<Candidate> as_candidate(const FunctionInfo& function, const FunctionCall& call) {
  std::size_t given = call.args.size(), parameters = function.args.size();
  bool expand = !call.variadic;
  Candidate candidate;
  candidate.entry = &function;
  if (parameters > given) {
    if (given + function.defaults < parameters) return std::nullopt;
    candidate.defaults_used = static_cast<int>(parameters - given);
  }
  if (!call.arg_names.empty()) {
    if ((function.variadic && expand) || parameters < given) return std::nullopt;
    candidate.arg_positions = match_names(function, call);
    if (candidate.arg_positions.empty()) return std::nullopt;
    for (int place : candidate.arg_positions) {
      candidate.args.push_back(function.args[static_cast<std::size_t>(place)]);
    }
    return candidate;
  }
  candidate.variadic_expanded = expand && function.variadic && parameters <= given;
  if (parameters < given && !candidate.variadic_expanded) return std::nullopt;
  for (std::size_t i = 0; i < given; ++i) {
    bool fixed = i + (candidate.variadic_expanded ? 1 : 0) < parameters;
    candidate.args.push_back(fixed ? function.args[i] : function.variadic);
  }
  return candidate;
}

// Of two candidates with the same argument types: 1 the new one stays out, -1 it takes the other's
// place, 0 neither can be meant.
int compare_equal(const Candidate& before, const Candidate& added) {
  if (before.position != added.position) return added.position > before.position ? 1 : -1;
  if (added.variadic_expanded != before.variadic_expanded) return added.variadic_expanded ? 1 : -1;
  return 0;
}

std::vector<Candidate> candidates_for(const TypeSystem& system, const FunctionCall& call,
                                      SearchPath path) {
  std::vector<Candidate> candidates;
  system.tables().for_each_function(call.name, [&](const FunctionInfo& function) {
    if ((function.kind == 'p') != call.procedure) return;
    int position = call.schema.empty()              ? path_position(function.schema, path)
                   : call.schema == function.schema ? 0
                                                    : -1;
    if (position < 0) return;
    std::optional<Candidate> added = as_candidate(function, call);
    if (!added) return;
    added->position = position;
    auto before = std::find_if(candidates.begin(), candidates.end(),
                               [&](const Candidate& c) { return c.args == added->args; });
    if (before == candidates.end()) {
      candidates.push_back(std::move(*added));
      return;
    }
    int comparison = compare_equal(*before, *added);
    if (comparison < 0) *before = std::move(*added);
    if (comparison == 0) before->entry = nullptr;
  });
  return candidates;
}

// func_get_detail's type(x): a cast, if the name is a type's and the cast is trivial.
TypeId cast_meant(const TypeSystem& system, const FunctionCall& call, SearchPath path) {
  if (call.args.size() != 1 || !call.arg_names.empty()) return {};
  TypeId target = system.find(call.schema, call.name, path);
  if (!target || system.info(target).typtype == 'c') return {};
  TypeId source = call.args.front();
  if (source == types::kUnknown) return target;
  Coercion coercion = find_coercion(system, source, target, CoercionContext::Explicit);
  CoercionKind kind = coercion.kind == CoercionKind::Domain ? coercion.to_base : coercion.kind;
  switch (kind) {
    case CoercionKind::Same:
    case CoercionKind::Relabel:
      return target;
    case CoercionKind::InOut:
      return system.is_row(source) && system.info(target).category == 'S' ? TypeId{} : target;
    default:
      return {};
  }
}

// The column of a row that f(row) means, as a result of its own.
ResolvedCall column_meant(const TypeSystem& system, const FunctionCall& call) {
  ResolvedCall result;
  if (!call.plain || call.variadic || call.procedure || !call.schema.empty()) return result;
  if (call.args.size() != 1 || !call.arg_names.empty()) return result;
  for (const ColumnInfo& column : system.columns(call.args.front())) {
    if (column.name != call.name) continue;
    result.kind = CallKind::Column;
    result.result = column.type.id;
    result.column = column.name;
  }
  return result;
}

ResolvedCall finish(const TypeSystem& system, const FunctionCall& call, Candidate& candidate) {
  ResolvedCall result;
  if (!candidate.entry) {
    result.kind = CallKind::Ambiguous;
    return result;
  }
  const auto& function = *static_cast<const FunctionInfo*>(candidate.entry);
  if (call.variadic && !candidate.arg_positions.empty() &&
      candidate.arg_positions.back() != static_cast<int>(call.args.size()) - 1) {
    return result;
  }
  result.arg_types = std::move(candidate.args);
  result.result = resolve_polymorphic(system, call.args, result.arg_types, function.result);
  if (!result.result) return result;
  if (candidate.variadic_expanded && function.variadic != types::kAny &&
      !system.info(result.arg_types.back()).array) {
    return result;
  }
  result.kind = CallKind::Function;
  result.function = &function;
  result.arg_positions = std::move(candidate.arg_positions);
  result.variadic_expanded = candidate.variadic_expanded;
  result.defaults_used = candidate.defaults_used;
  return result;
}

}  // namespace

ResolvedCall resolve_call(const TypeSystem& system, const FunctionCall& call, SearchPath path) {
  std::vector<Candidate> candidates = candidates_for(system, call, path);
  auto exact = std::find_if(candidates.begin(), candidates.end(),
                            [&](const Candidate& c) { return c.args == call.args; });
  if (exact != candidates.end()) return finish(system, call, *exact);
  if (TypeId target = cast_meant(system, call, path); target && call.plain) {
    ResolvedCall result;
    result.kind = CallKind::Cast;
    result.arg_types = {call.args.front()};
    result.result = target;
    return result;
  }
  switch (choose_candidate(system, call.args, candidates)) {
    case Choice::One:
      return finish(system, call, candidates.front());
    case Choice::Several: {
      ResolvedCall result;
      result.kind = CallKind::Ambiguous;
      return result;
    }
    default:
      return column_meant(system, call);
  }
}

std::vector<const FunctionInfo*> functions_named(const TypeSystem& system, std::string_view schema,
                                                 std::string_view name) {
  std::vector<const FunctionInfo*> found;
  system.tables().for_each_function(name, [&](const FunctionInfo& function) {
    if (schema.empty() || function.schema == schema) found.push_back(&function);
  });
  return found;
}

const FunctionInfo* find_function(const TypeSystem& system, std::string_view schema,
                                  std::string_view name, std::span<const TypeId> args,
                                  SearchPath path) {
  const FunctionInfo* found = nullptr;
  int best = 0;
  system.tables().for_each_function(name, [&](const FunctionInfo& function) {
    if (!std::equal(args.begin(), args.end(), function.args.begin(), function.args.end())) return;
    int position = schema.empty()              ? path_position(function.schema, path)
                   : schema == function.schema ? 0
                                               : -1;
    if (position < 0 || (found && position >= best)) return;
    found = &function;
    best = position;
  });
  return found;
}

std::string identity_args(const TypeSystem& system, const FunctionInfo& function) {
  std::string text;
  for (TypeId type : function.args) {
    if (!text.empty()) text += ", ";
    text += system.text(type);
  }
  return text;
}

std::vector<ColumnInfo> result_columns(const TypeSystem& system, const FunctionInfo& function,
                                       TypeId result) {
  std::vector<ColumnInfo> columns;
  if (function.provenance == Provenance::BuiltIn) {
    const BuiltIns& built_in = system.tables().built_in;
    std::size_t index = static_cast<std::size_t>(&function - built_in.functions.data());
    for (std::string_view rest = built_in.function_outputs[index]; !rest.empty();) {
      std::string_view type = next_part(rest, ',');
      ColumnInfo& column = columns.emplace_back();
      column.name = next_part(type, ':');
      column.type.id.oid = static_cast<std::uint32_t>(table_number(type));
    }
  } else if (function.object && function.object->id.kind == schema::Kind::Routine) {
    const auto& routine = static_cast<const schema::Routine&>(*function.object);
    for (const schema::Argument& argument : routine.arguments) {
      if (argument.mode == 'i' || argument.mode == 'v') continue;
      ColumnInfo& column = columns.emplace_back();
      column.name = argument.name;
      column.type.id = system.parse(argument.type.sql).id;
    }
  }
  if (columns.size() > 1 || function.result == types::kRecord) return columns;
  return system.columns(result ? result : function.result);
}

}  // namespace schemadiff::parser
