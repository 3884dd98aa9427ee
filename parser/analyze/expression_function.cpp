// Function calls, aggregates and window functions (parse_func.c, parse_agg.c).
#include "parser/analyze/analyzer.h"
#include "parser/analyze/type_system_tables.h"

namespace schemadiff::parser {
namespace {

bool same(const Typed& a, const Typed& b) {
  if (&a == &b) return true;
  if (a.kind != b.kind || a.text != b.text || a.op != b.op || a.flags != b.flags ||
      a.type != b.type || a.entry != b.entry || a.null != b.null || a.query || b.query || a.parts ||
      b.parts || a.kids.size() != b.kids.size())
    return false;
  for (std::size_t i = 0; i < a.kids.size(); ++i) {
    if ((a.kids[i] == nullptr) != (b.kids[i] == nullptr)) return false;
    if (a.kids[i] && !same(*a.kids[i], *b.kids[i])) return false;
  }
  return true;
}

std::string qualified(const FunctionInfo& function) {
  if (function.schema == "pg_catalog") return std::string(function.name);
  std::string text(function.schema);
  text += '.';
  text += function.name;
  return text;
}

// The name of the only OUT argument (get_func_result_name); empty: there is not just one, or it has
// none.
std::string_view result_name(const TypeSystem& system, const FunctionInfo& function) {
  if (function.provenance == Provenance::BuiltIn) {
    const BuiltIns& built_in = system.tables().built_in;
    const auto index = static_cast<std::size_t>(&function - built_in.functions.data());
    std::string_view outputs = built_in.function_outputs[index];
    const std::string_view first = next_part(outputs, ',');
    return outputs.empty() ? first.substr(0, first.find(':')) : std::string_view();
  }
  std::string_view name;
  if (!function.object || function.object->id.kind != schema::Kind::Routine) return name;
  int count = 0;
  for (const auto& argument : static_cast<const schema::Routine&>(*function.object).arguments) {
    if (argument.mode == 'i' || argument.mode == 'v') continue;
    name = argument.name;
    ++count;
  }
  return count == 1 ? name : std::string_view();
}

}  // namespace

Typed* Analyzer::found_call(Tree& tree, const ResolvedCall& found, std::vector<Typed*>& arguments,
                            std::size_t ordered) {
  const FunctionInfo& function = *found.function;
  Typed* result = pool_.make(TypedKind::Call, TypeRef{found.result, -1});
  result->text = qualified(function);
  result->function = &function;
  result->flags = tree.flags & (kStar | kDistinct | kVariadic | kWithinGroup | kKeywords);
  refer(function);
  if (rewrite_ && function.provenance != Provenance::BuiltIn)
    tree.names = {std::string(function.schema), std::string(function.name)};
  for (std::size_t i = 0; i < arguments.size() && i < found.arg_types.size(); ++i) {
    Typed*& argument = arguments[i];
    if (argument->kind == TypedKind::NamedArgument) {
      argument->kids[0] =
          coerce(argument->kids[0], found.arg_types[i], -1, CoercionContext::Implicit, true);
    } else {
      argument = coerce(argument, found.arg_types[i], -1, CoercionContext::Implicit, true);
    }
  }
  const std::size_t direct = arguments.size() - ordered;
  result->kids.assign(arguments.begin(), arguments.begin() + static_cast<std::ptrdiff_t>(direct));
  // Arguments that a variadic parameter takes become one array.
  const std::size_t fixed = function.args.empty() ? 0 : function.args.size() - 1;
  if (found.variadic_expanded && function.variadic != types::kAny && fixed < result->kids.size()) {
    Typed* array = pool_.make(TypedKind::Array);
    array->kids.assign(result->kids.begin() + static_cast<std::ptrdiff_t>(fixed),
                       result->kids.end());
    array->type.id = system_.info(array->kids[0]->type.id).array;
    result->kids.resize(fixed);
    result->kids.push_back(array);
    result->flags |= kVariadic;
  }
  return result;
}

// The columns that a call gives in FROM; a scalar function with one named OUT argument has one, the
// others none.
std::vector<EntryColumn> Analyzer::function_columns(const Typed& call) {
  std::vector<EntryColumn> columns;
  need_row_type(call.type.id);
  if (call.function) {
    for (const ColumnInfo& column : result_columns(system_, *call.function, call.type.id))
      columns.push_back({std::string(column.name), column.type, nullptr});
    if (columns.empty()) {
      const auto name = result_name(system_, *call.function);
      if (!name.empty()) columns.push_back({std::string(name), call.type, nullptr});
    }
  } else if (system_.is_row(call.type.id)) {
    for (const ColumnInfo& column : system_.columns(system_.base(call.type.id)))
      columns.push_back({std::string(column.name), column.type, nullptr});
  }
  return columns;
}

ResolvedCall Analyzer::find_call(const FunctionCall& call) {
  if (!call.arg_names.empty()) return resolve_call(system_, call, path_);
  ResolutionKey key{std::string(call.schema) + '.' + std::string(call.name), call.args,
                    path_.data(), (call.plain ? 1 : 0) + (call.variadic ? 2 : 0)};
  const auto [place, added] = shared_.calls.try_emplace(std::move(key));
  if (added) place->second = resolve_call(system_, call, path_);
  return place->second;
}

Typed* Analyzer::call(Tree& tree) {
  FunctionCall call;
  call.name = tree.names.back();
  if (tree.names.size() > 1) call.schema = tree.names[tree.names.size() - 2];
  call.variadic = tree.has(kVariadic);
  const bool within_group = tree.has(kWithinGroup);
  call.plain =
      !tree.has(kStar) && !tree.has(kDistinct) && !tree.kid(1) && !tree.kid(2) && !tree.kid(3);
  std::vector<Typed*> arguments;
  bool known = true;
  for (const auto& kid : tree.kids[0]->kids) {
    Typed* value = expression(*kid);
    if (kid->tag == Tag::NamedArgument) {
      call.arg_names.push_back(kid->text);
      Typed* named = pool_.make(TypedKind::NamedArgument, value->type);
      named->text = kid->text;
      named->kids.push_back(value);
      value = named;
    }
    known = known && value->type;
    arguments.push_back(value);
    call.args.push_back(value->type.id);
  }
  std::size_t ordered = 0;
  std::vector<SortKey> order;
  if (Tree* list = tree.kid(1)) {
    order = sort_list(list, nullptr);
    if (within_group) {
      ordered = order.size();
      for (const SortKey& key : order) {
        known = known && key.value->type;
        arguments.push_back(key.value);
        call.args.push_back(key.value->type.id);
      }
    } else {
      for (SortKey& key : order) key.value = to_text_if_unknown(key.value);
    }
  }
  ResolvedCall found;
  if (known) found = find_call(call);
  Typed* result = nullptr;
  switch (found.kind) {
    case CallKind::Cast: {
      Typed* value = coerce(arguments[0], found.result, -1, CoercionContext::Explicit, false);
      refer_type(found.result);
      return value;
    }
    case CallKind::Column:
      return field(arguments[0], found.column);
    case CallKind::Function:
      result = found_call(tree, found, arguments, ordered);
      // An ordering expression that is an argument takes that argument's implicit casts along.
      for (SortKey& key : order) {
        for (Typed* argument : arguments) {
          if (within_group) break;
          const Typed* plain = argument;
          while (plain->kind == TypedKind::Coerce && plain->implicit) plain = plain->kids[0];
          if (same(*plain, *key.value)) key.value = argument;
        }
      }
      for (std::size_t i = 0; i < ordered; ++i)
        order[i].value = arguments[arguments.size() - ordered + i];
      break;
    default:
      unresolved();
      if (!call.schema.empty()) refer_extension(call.schema);
      result = pool_.make(TypedKind::Call);
      result->text = call.name;
      result->flags = tree.flags & (kStar | kDistinct | kVariadic | kWithinGroup | kKeywords);
      result->kids.assign(arguments.begin(),
                          arguments.end() - static_cast<std::ptrdiff_t>(ordered));
      break;
  }
  if (order.empty() && !tree.kid(2) && !tree.kid(3)) return result;
  result->parts = &pool_.parts.emplace_back();
  result->parts->order = std::move(order);
  if (Tree* filter = tree.kid(2)) result->parts->filter = to_boolean(expression(*filter));
  if (Tree* over = tree.kid(3)) {
    if (!over->text.empty()) {
      WindowSpec& named = pool_.windows.emplace_back();
      named.name = over->text;
      named.named = true;
      result->parts->window = &named;
    } else {
      result->parts->window = window(*over);
    }
  }
  return result;
}

}  // namespace schemadiff::parser
