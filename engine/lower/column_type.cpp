#include "engine/lower/column_type.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/enum_values.h"
#include "engine/lower/partition.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

struct TypeParts {
  std::string base;  // "character varying", "timestamp with time zone"
  std::vector<int> modifiers;
  bool array = false;
};

TypeParts parts_of(const TypeName& type) {
  TypeParts parts;
  std::string text = type.sql;
  if (text.ends_with("[]")) {
    parts.array = true;
    text.resize(text.size() - 2);
  }
  const auto open = text.find('(');
  if (open != std::string::npos) {
    const auto close = text.find(')', open);
    const char* next = text.data() + open + 1;
    const char* end = text.data() + close;
    while (next < end) {
      int number = 0;
      const auto [rest, error] = std::from_chars(next, end, number);
      if (error != std::errc{}) break;
      parts.modifiers.push_back(number);
      next = rest < end ? rest + 1 : end;
    }
    text = text.substr(0, open) + text.substr(close + 1);
  }
  parts.base = text;
  return parts;
}

bool one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

int numeric_rank(const std::string& type) {
  constexpr std::string_view kByWidth[] = {"smallint", "integer", "bigint", "numeric"};
  const auto found = std::find(std::begin(kByWidth), std::end(kByWidth), type);
  return found == std::end(kByWidth) ? -1 : static_cast<int>(found - std::begin(kByWidth));
}

bool is_numeric(const std::string& type) {
  return numeric_rank(type) >= 0 || type == "real" || type == "double precision";
}
bool is_text(const std::string& type) {
  return one_of(type, {"text", "character varying", "character", "name"});
}
bool is_time(const std::string& type) {
  return one_of(type, {"date", "timestamp without time zone", "timestamp with time zone",
                       "time without time zone", "time with time zone"});
}
// 0: none of those whose types stand in for each other.
int family_of(const std::string& type) {
  return is_numeric(type) ? 1 : is_text(type) ? 2 : is_time(type) ? 3 : 0;
}
// pg_cast of the built-in types, as far as plans convert directly: others go through text.
bool has_time_cast(const std::string& before, const std::string& after) {
  if (before == "date") return after.starts_with("timestamp");
  if (before.starts_with("time ")) return after.starts_with("time ");
  return before == "timestamp with time zone" || after != "time with time zone";
}
bool has_cast(const std::string& before, const std::string& after) {
  const int old_family = family_of(before), new_family = family_of(after);
  if (before == after || old_family == 2 || new_family == 2) return true;
  if (old_family == 3 && new_family == 3) return has_time_cast(before, after);
  return (old_family == 1 && new_family == 1) || (before == "boolean" && after == "integer") ||
         (before == "integer" && after == "boolean") ||
         (one_of(before, {"json", "jsonb"}) && one_of(after, {"json", "jsonb"}));
}
bool is_user_defined(const std::string& type) { return type.find('.') != std::string::npos; }

// A limit (varchar length, timestamp precision) that does not get smaller; none is the widest.
bool limit_grows(const TypeParts& before, const TypeParts& after) {
  if (after.modifiers.empty()) return true;
  if (before.modifiers.empty()) return false;
  return after.modifiers[0] >= before.modifiers[0];
}

Retype same_base(const TypeParts& before, const TypeParts& after) {
  if (before.modifiers == after.modifiers) return Retype::Compatible;
  if (after.base == "numeric") {
    if (after.modifiers.empty()) return Retype::Compatible;
    if (before.modifiers.empty()) return Retype::Narrowing;
    const int old_scale = before.modifiers.size() > 1 ? before.modifiers[1] : 0;
    const int new_scale = after.modifiers.size() > 1 ? after.modifiers[1] : 0;
    if (old_scale == new_scale)
      return limit_grows(before, after) ? Retype::Compatible : Retype::Narrowing;
    return after.modifiers[0] - new_scale >= before.modifiers[0] - old_scale &&
                   new_scale > old_scale
               ? Retype::Widening
               : Retype::Narrowing;
  }
  if (one_of(after.base, {"character", "bit"}))
    return limit_grows(before, after) && !after.modifiers.empty() ? Retype::Widening
                                                                  : Retype::Narrowing;
  return limit_grows(before, after) ? Retype::Compatible : Retype::Narrowing;
}

bool is_check(const Object& object) {
  return object.id.kind == Kind::Constraint &&
         static_cast<const Constraint&>(object).contype == 'c';
}
bool has_index(const Object& object) {
  return object.id.kind == Kind::Index ||
         (object.id.kind == Kind::Constraint && static_cast<const Constraint&>(object).has_index());
}

bool is_computed(const auto& index) {
  return !index.predicate.empty() ||
         std::ranges::any_of(index.elements, [](const auto& e) { return e.column.empty(); });
}
bool has_computed_index(const Object& object) {
  if (object.id.kind == Kind::Constraint)
    return has_index(object) && is_computed(static_cast<const Constraint&>(object));
  if (object.id.kind != Kind::Index) return false;
  const auto& index = static_cast<const Index&>(object);
  return !index.valid || is_computed(index);
}

// Whether something of this sort is made again by the statement, with the column's new type.
template <class Predicate>
bool stands_on(const ObjectId& column, const Context& context, Predicate is_sort) {
  const QualifiedName table = table_name(column);
  const auto& children = context.children_of({Kind::Table, table.schema, {}, table.name, {}});
  return std::any_of(children.begin(), children.end(), [&](const Object* child) {
    if (!is_sort(*child) || context.goes_away(child->id)) return false;
    const std::vector<std::string> columns = own_columns(*child, table);
    return std::find(columns.begin(), columns.end(), column.name) != columns.end();
  });
}

}  // namespace

bool every_value_fits(const diff::Change& change, const TypeName& before, const TypeName& after) {
  // a type that is made anew has the old name, whatever its values
  return change.because.empty() && classify_retype(before, after) != Retype::Narrowing;
}

bool rebuilds_index(const ObjectId& column, const Context& context) {
  const Table* table = context.from.table(table_name(column));
  if (!table) return false;
  return std::ranges::any_of(with_all_below(*table, context.old_heirs), [&](const Table* each) {
    ObjectId own = column;
    own.schema = each->id.schema;
    own.parent = each->id.name;
    return stands_on(own, context,
                     each->partition_key.strategy.empty() ? has_computed_index : has_index);
  });
}

namespace {

// The values stay as they are; what stands on the column may not.
Op op_without_rewrite(const RetypedColumn& c, bool recollated) {
  const ObjectId& column = c.change.id;
  if (rebuilds_index(column, c.context) || (recollated && stands_on(column, c.context, has_index)))
    return Op::AlterColumnTypeRewriting;
  return stands_on(column, c.context, is_check) ? Op::AlterColumnTypeChecked : Op::AlterColumnType;
}

}  // namespace

TypeName under_name(const TypeName& column_type, const ObjectId& type, const std::string& name) {
  const std::string old_name = sql_name(type);
  const std::string& text = column_type.sql;
  const bool is_it = text.starts_with(old_name) &&
                     (text.size() == old_name.size() || text[old_name.size()] == '[');
  if (!is_it) return column_type;
  return {quote_qualified({type.schema, name}) + text.substr(old_name.size())};
}

Retype classify_retype(const TypeName& before, const TypeName& after) {
  const TypeParts old_type = parts_of(before), new_type = parts_of(after);
  if (old_type.array != new_type.array) return Retype::Narrowing;
  if (old_type.base == new_type.base) {
    const Retype same = same_base(old_type, new_type);
    // elements are converted one by one
    return same == Retype::Compatible && old_type.array && !new_type.modifiers.empty()
               ? Retype::Widening
               : same;
  }
  const bool to_unlimited_text =
      one_of(new_type.base, {"text", "character varying"}) && new_type.modifiers.empty();
  // elements are converted one by one
  const Retype same_bytes = old_type.array ? Retype::Widening : Retype::Compatible;
  if (one_of(old_type.base, {"text", "character varying"}) && to_unlimited_text) return same_bytes;
  if (old_type.base == "cidr" && new_type.base == "inet") return same_bytes;
  if (to_unlimited_text) return Retype::Widening;
  const int old_rank = numeric_rank(old_type.base), new_rank = numeric_rank(new_type.base);
  if (old_rank >= 0 && new_rank > old_rank && new_type.modifiers.empty()) return Retype::Widening;
  if (old_type.base == "real" && new_type.base == "double precision") return Retype::Widening;
  if (old_type.base == "date" && new_type.base.starts_with("timestamp")) return Retype::Widening;
  if (old_type.base.starts_with("timestamp") && new_type.base.starts_with("timestamp") &&
      limit_grows(old_type, new_type))
    return Retype::Widening;
  return Retype::Narrowing;
}

std::string conversion(const std::string& column, const TypeName& before, const TypeName& after) {
  const TypeParts old_type = parts_of(before), new_type = parts_of(after);
  const bool to_bits = new_type.base.starts_with("bit");
  const bool bits = to_bits && old_type.base.starts_with("bit");
  const bool has_length = !new_type.modifiers.empty();
  if (has_length && (bits || is_text(new_type.base)) && old_type.array == new_type.array)
    return is_user_defined(old_type.base) && !old_type.array ? column + "::text" : column;
  std::string target = after.sql;
  if (has_length && to_bits && is_text(old_type.base))
    target = new_type.array ? "bit varying[]" : "bit varying";
  const bool user_defined = is_user_defined(old_type.base) || is_user_defined(new_type.base);
  const bool both_user_defined = is_user_defined(old_type.base) && is_user_defined(new_type.base);
  const bool direct = old_type.array == new_type.array && has_cast(old_type.base, new_type.base) &&
                      !(old_type.array ? user_defined : both_user_defined);
  return column + (direct ? "::" : "::text::") + target;
}

std::string converted(const std::string& column, const TypeName& before, const TypeName& after) {
  const std::string value = conversion(column, before, after);
  const TypeParts new_type = parts_of(after);
  const TypeParts old_type = parts_of(before);
  const bool comparable =
      is_text(old_type.base) && !old_type.array;  // all texts are, arrays are not
  if (value != column || !is_text(new_type.base) || comparable) return value;
  // without a length, which "character" alone would have
  return value + "::" + (new_type.base == "character" ? "bpchar" : new_type.base) +
         (new_type.array ? "[]" : "");
}

bool same_family(const TypeName& before, const TypeName& after) {
  const TypeParts old_type = parts_of(before), new_type = parts_of(after);
  if (old_type.array != new_type.array) return false;
  const int family = family_of(old_type.base);
  return old_type.base == new_type.base || (family != 0 && family == family_of(new_type.base));
}

const Domain* find_domain(const TypeName& type, const Catalog& catalog) {
  for (const auto& [id, domain] : catalog.domains)
    if (sql_name(id) == type.sql) return &domain;
  return nullptr;
}

TypeName stored_type(TypeName type, const Catalog& catalog) {
  while (const Domain* domain = find_domain(type, catalog)) type = domain->base;
  return type;
}

std::string default_storage(const TypeName& type, const Catalog& catalog) {
  const TypeParts parts = parts_of(type);
  if (parts.array) return "extended";
  if (one_of(parts.base, {"numeric", "inet", "cidr"})) return "main";
  if (is_text(parts.base) && parts.base != "name") return "extended";
  if (one_of(parts.base, {"bytea", "json", "jsonb", "xml", "bit", "bit varying", "tsvector",
                          "jsonpath", "path", "polygon"}))
    return "extended";
  if (parts.base.ends_with("range") && parts.base != "range") return "extended";
  if (!is_user_defined(parts.base)) return "plain";
  if (const Domain* domain = find_domain({parts.base}, catalog))
    return default_storage(domain->base, catalog);
  for (const auto& [id, type_object] : catalog.enums)
    if (quote_qualified({id.schema, id.name}) == parts.base) return "plain";
  return "extended";
}

namespace {

Statements targets_of(const Object& object, const Catalog& catalog) {
  if (const auto index = catalog.indexes.find(object.id); index != catalog.indexes.end())
    return statistics_targets_sql(index->second);
  const auto statistics = catalog.statistics.find(object.id);
  if (statistics == catalog.statistics.end() || statistics->second.target < 0) return {};
  return {statistics_target_sql(statistics->second)};
}

// The server makes indexes and extended statistics on the column again, without the targets of
// indexed expressions and of the statistics (seen on 15.20).
void keep_statistics_targets(const RetypedColumn& c, Operation& operation) {
  const Table* table = c.context.from.table(table_name(c.change.id));
  if (!table) return;
  for (const Table* each : with_all_below(*table, c.context.old_heirs))
    for (const Object* child : c.context.children_of(each->id)) {
      if (c.context.goes_away(child->id)) continue;
      ObjectId column = c.change.id;
      column.schema = each->id.schema;
      column.parent = each->id.name;
      if (std::ranges::find(child->refs, column) == child->refs.end()) continue;
      append(operation.sql, targets_of(*child, c.context.to));
      append(operation.undo, targets_of(*child, c.context.from));
    }
}

}  // namespace

void lower_retype(const RetypedColumn& c, Operation& operation) {
  const bool foreign = !c.table.server.empty();  // nothing is stored here
  const auto statement = [&](const Column& old_column, const Column& new_column,
                             const ValueMap& map) {
    const std::string column = quote_identifier(new_column.name);
    std::string sql = "ALTER TABLE " + sql_name(c.table.id);
    const bool drop_default = !old_column.default_value.empty() && !c.default_elsewhere;
    const bool set_default = !new_column.default_value.empty() && !c.default_elsewhere;
    if (drop_default) sql += "\n  ALTER COLUMN " + column + " DROP DEFAULT,";
    sql += (drop_default || set_default ? "\n  ALTER COLUMN " : " ALTER COLUMN ") + column +
           " TYPE " + column_type(new_column);
    if (!foreign && (old_column.generated.empty() || new_column.generated.empty()))
      sql += " USING " +
             (map.empty() ? conversion(column, old_column.type, new_column.type)
                          : mapped_text(column, old_column.type, map) + "::" + new_column.type.sql);
    if (set_default)
      sql += ",\n  ALTER COLUMN " + column + " SET DEFAULT " + new_column.default_value->sql;
    return sql;
  };
  operation.retypes = true;
  const bool moves = !c.change.because.empty();
  operation.sql = {
      statement(c.before, c.after, moves ? values_to_new(c.before.type, c.context) : ValueMap{})};
  Column back = c.before;
  for (const ObjectId& cause : c.change.because) {
    if (cause.kind == Kind::Collation)
      back.collation = QualifiedName{cause.schema, old_type_name(cause.name)};
    else
      back.type = under_name(back.type, cause, old_type_name(cause.name));
  }
  operation.undo = {
      statement(c.after, back, moves ? values_to_old(c.before.type, c.context) : ValueMap{})};
  keep_statistics_targets(c, operation);
  if (moves && merges_values(c.before.type, c.context)) tell_loss(operation, kMergedValues);
  operation.why =
      "The type was " + column_type(c.before) + " and shall be " + column_type(c.after) + ".";
  if (foreign) {
    operation.op = Op::AlterForeignTable;
    return;
  }
  const auto& because = c.change.because;
  const bool new_type = std::any_of(because.begin(), because.end(),
                                    [](const ObjectId& id) { return id.kind != Kind::Collation; });
  const bool recollated = !because.empty() || c.before.collation != c.after.collation;
  if (!because.empty()) operation.why = "The column moves to the new form of its type.";
  if (new_type || classify_retype(stored_type(c.before.type, c.context.from), c.after.type) !=
                      Retype::Compatible)
    return;
  operation.op = op_without_rewrite(c, recollated);
  if (!recollated) operation.phase = Phase::Expand;
}

}  // namespace schemadiff::engine
