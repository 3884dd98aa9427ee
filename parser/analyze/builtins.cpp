// Reads the generated tables of built-in objects into indexes.
#include "parser/analyze/builtins.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace schemadiff::parser {
namespace {

constexpr std::string_view kTypes =
#include "parser/analyze/builtins/types.inc"
    ;
constexpr std::string_view kFunctions =
#include "parser/analyze/builtins/functions.inc"
    ;
constexpr std::string_view kOperators =
#include "parser/analyze/builtins/operators.inc"
    ;
constexpr std::string_view kCasts =
#include "parser/analyze/builtins/casts.inc"
    ;
constexpr std::string_view kOpclasses =
#include "parser/analyze/builtins/opclasses.inc"
    ;
constexpr std::string_view kRelations =
#include "parser/analyze/builtins/relations.inc"
    ;
constexpr std::string_view kNames =
#include "parser/analyze/builtins/names.inc"
    ;

// One row of a table, field by field.
struct Row {
  std::string_view rest;

  std::string_view text() { return next_part(rest, '\t'); }
  std::int64_t number() { return table_number(text()); }
  TypeId type() { return TypeId{static_cast<std::uint32_t>(number())}; }
  char letter() {
    std::string_view field = text();
    return field.empty() ? '\0' : field.front();
  }
  bool flag() { return letter() == 't'; }
  std::string_view schema() { return letter() == 'i' ? "information_schema" : "pg_catalog"; }
};

template <class F>
void for_each_row(std::string_view table, F&& f) {
  while (!table.empty()) {
    Row row{next_part(table, '\n')};
    if (!row.rest.empty()) f(row);
  }
}

// Gives each run of equal names its span. `items` is sorted by name and does not move any more.
template <class T>
void index_by_name(const std::vector<T>& items,
                   std::unordered_map<std::string_view, std::span<const T>>& index) {
  index.reserve(items.size());
  for (std::size_t i = 0, end = 0; i < items.size(); i = end) {
    while (end < items.size() && items[end].name == items[i].name) ++end;
    index.emplace(items[i].name, std::span<const T>(items).subspan(i, end - i));
  }
}

void read_types(BuiltIns& to) {
  to.types.reserve(700);
  to.types_by_name.reserve(1400);
  to.types.emplace_back();
  for_each_row(kTypes, [&](Row& row) {
    TypeId id = row.type();
    TypeInfo& type = to.types.emplace_back();
    type.schema = row.schema();
    type.name = row.text();
    type.typtype = row.letter();
    type.category = row.letter();
    type.preferred = row.flag();
    type.storage = row.letter();
    type.collatable = row.flag();
    type.element = row.type();
    type.array = row.type();
    type.true_array = row.flag();
    type.subtype = row.type();
    type.multirange = row.type();
    type.base.id = row.type();
    type.base.typmod = static_cast<std::int32_t>(row.number());
    type.length = static_cast<std::int16_t>(row.number());
    type.by_value = row.flag();
    type.alignment = row.letter();
    to.type_index[id.oid] = static_cast<std::uint16_t>(to.types.size() - 1);
    to.types_by_name.emplace(NameKey{type.schema, type.name}, id);
  });
}

void read_functions(BuiltIns& to) {
  struct Extent {
    std::size_t first_arg, args, first_name, names;
  };
  std::vector<Extent> extents;
  extents.reserve(4000);
  to.functions.reserve(4000);
  to.function_outputs.reserve(4000);
  to.function_args.reserve(8000);
  for_each_row(kFunctions, [&](Row& row) {
    FunctionInfo& function = to.functions.emplace_back();
    Extent& extent = extents.emplace_back();
    function.name = row.text();
    function.schema = row.schema();
    extent.first_arg = to.function_args.size();
    for (std::string_view args = row.text(); !args.empty();) {
      to.function_args.push_back(
          TypeId{static_cast<std::uint32_t>(table_number(next_part(args, ' ')))});
    }
    extent.args = to.function_args.size() - extent.first_arg;
    function.result = row.type();
    function.variadic = row.type();
    function.defaults = static_cast<std::uint16_t>(row.number());
    function.returns_set = row.flag();
    function.kind = row.letter();
    function.aggkind = row.letter();
    function.direct_args = static_cast<std::int16_t>(row.number());
    extent.first_name = to.function_arg_names.size();
    std::string_view names = row.text();
    if (!names.empty()) {
      for (std::size_t i = 0; i < extent.args; ++i) {
        to.function_arg_names.push_back(next_part(names, ','));
      }
    }
    extent.names = to.function_arg_names.size() - extent.first_name;
    to.function_outputs.push_back(row.text());
  });
  for (std::size_t i = 0; i < extents.size(); ++i) {
    const Extent& extent = extents[i];
    to.functions[i].args = std::span(to.function_args).subspan(extent.first_arg, extent.args);
    to.functions[i].arg_names =
        std::span(to.function_arg_names).subspan(extent.first_name, extent.names);
  }
  index_by_name(to.functions, to.functions_by_name);
}

void read_operators(BuiltIns& to) {
  to.operators.reserve(1000);
  for_each_row(kOperators, [&](Row& row) {
    OperatorInfo& op = to.operators.emplace_back();
    op.schema = "pg_catalog";
    op.name = row.text();
    op.left = row.type();
    op.right = row.type();
    op.result = row.type();
  });
  index_by_name(to.operators, to.operators_by_name);
}

void read_relations(BuiltIns& to) {
  to.relations.reserve(400);
  for_each_row(kRelations, [&](Row& row) {
    std::string_view schema = row.schema();
    std::string_view name = row.text();
    BuiltInRelation relation;
    relation.kind = row.letter();
    relation.row_type = row.type();
    relation.columns = row.text();
    auto [place, added] = to.relations.emplace(NameKey{schema, name}, relation);
    to.relations_by_row_type.emplace(relation.row_type.oid, &place->second);
  });
}

BuiltIns read_all() {
  BuiltIns to;
  read_types(to);
  read_functions(to);
  read_operators(to);
  read_relations(to);
  for_each_row(kCasts, [&](Row& row) {
    TypeId from = row.type();
    TypeId target = row.type();
    CastInfo cast;
    cast.context = row.letter();
    cast.method = row.letter();
    cast.function = row.text();
    to.casts.emplace(cast_key(from, target), cast);
  });
  for_each_row(kOpclasses, [&](Row& row) {
    OpclassInfo& opclass = to.opclasses.emplace_back();
    opclass.method = row.text();
    opclass.schema = "pg_catalog";
    opclass.name = row.text();
    opclass.type = row.type();
    opclass.is_default = row.flag();
  });
  to.names.reserve(2000);
  for_each_row(kNames, [&](Row& row) {
    std::string_view what = row.text();
    to.names.insert(NameKey{what, row.text()});
  });
  return to;
}

}  // namespace

std::string_view next_part(std::string_view& rest, char separator) {
  std::size_t end = rest.find(separator);
  std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

std::int64_t table_number(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

const SystemColumn* find_system_column(std::string_view name) {
  static constexpr SystemColumn kColumns[] = {{"ctid", types::kTid}, {"xmin", types::kXid},
                                              {"cmin", types::kCid}, {"xmax", types::kXid},
                                              {"cmax", types::kCid}, {"tableoid", types::kOid}};
  const auto* found = std::ranges::find(kColumns, name, &SystemColumn::name);
  return found == std::end(kColumns) ? nullptr : found;
}

const BuiltIns& builtins() {
  static const BuiltIns kBuiltIns = read_all();
  return kBuiltIns;
}

}  // namespace schemadiff::parser
