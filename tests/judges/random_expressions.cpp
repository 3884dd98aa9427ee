// Conditions and computed values of random schemas.
#include <algorithm>

#include "tests/judges/random_world.h"

namespace schemadiff::testing {
namespace {

// A field of the family, with its needs taken over.
const Field* pick_field(World& world, const std::vector<Field>& fields) {
  return fields.empty() ? nullptr : &fields[world.pick(fields.size())];
}

std::string on_number(World& world, const std::string& x) {
  const std::vector<std::string> forms{
      x + " > 3",
      x + " >= 0 AND " + x + " < 100",
      x + " BETWEEN 1 AND 10",
      x + " NOT BETWEEN 5 AND 6",
      x + " IN (1, 2, 3)",
      x + " NOT IN (4, 5)",
      x + " <> ALL (ARRAY[7, 8])",
      x + " = ANY ('{1,2}')",
      "abs(" + x + ") + 1 > 2 * 3",
      "COALESCE(" + x + ", 0) <> 9",
      "NULLIF(" + x + ", 1) IS NOT NULL",
      "greatest(" + x + ", 5) < 50",
      x + "::text <> '12'",
      "(CASE WHEN " + x + " > 5 THEN 'big' ELSE 'small' END) = 'big'",
      x + " IS DISTINCT FROM 4",
      "-" + x + " < 1.5",
  };
  return world.any(forms);
}

std::string on_text(World& world, const std::string& x) {
  const std::vector<std::string> forms{
      x + " <> ''",
      "length(" + x + ") <= 20",
      "char_length(" + x + ") > 1",
      x + " LIKE 'a%'",
      x + " NOT ILIKE '%b'",
      x + " ~ '^[a-z]+$'",
      x + " !~* 'x'",
      x + " IN ('a', 'b', 'c')",
      x + " NOT IN ('d', 'e')",
      "lower(" + x + ") = " + x,
      "lower(" + x + "::text) = 'x'",
      x + " || '-' <> 'q-'",
      "substring(" + x + " from 1 for 2) = 'ab'",
      "trim(both from " + x + ") <> ''",
      "position('a' in " + x + ") > 0",
      "(" + x + " COLLATE \"C\") < 'm'",
      "COALESCE(" + x + ", 'none') <> 'none'",
      x + " = ANY (ARRAY['k', 'l']::text[])",
  };
  return world.any(forms);
}

std::string on_other(World& world, const Field& field, bool immutable,
                     std::vector<std::string>& needs) {
  const std::string& x = field.sql;
  const std::string& family = field.family;
  if (family == "boolean") {
    return world.any(std::vector<std::string>{x, "NOT " + x, x + " IS TRUE", x + " IS NOT FALSE",
                                              x + " = true", x + " IS UNKNOWN"});
  }
  if (family == "date") {
    return world.any(std::vector<std::string>{x + " > '2020-01-01'", x + " < DATE '2030-12-31'",
                                              "extract(year from " + x + ") > 1999"});
  }
  if (family == "time" && !immutable) {
    return world.any(std::vector<std::string>{x + " < now()", x + " > '2020-01-01 00:00+00'",
                                              x + " >= CURRENT_DATE - interval '1 day'",
                                              "date_trunc('day', " + x + ") < CURRENT_TIMESTAMP"});
  }
  if (family == "interval") return x + " > interval '1 hour'";
  if (family == "jsonb") {
    return world.any(std::vector<std::string>{
        x + " ? 'a'", x + " ->> 'a' = 'b'", "jsonb_typeof(" + x + ") = 'object'",
        x + " @> '{\"a\": 1}'", "(" + x + " -> 'n')::int > 1", x + " #>> '{a,b}' IS NULL"});
  }
  if (family == "array number" || family == "array text") {
    return world.any(std::vector<std::string>{"cardinality(" + x + ") < 5",
                                              "array_length(" + x + ", 1) > 0", x + " <> '{}'",
                                              x + "[1] IS NOT NULL"});
  }
  if (family.starts_with("range")) return "NOT isempty(" + x + ")";
  if (family.starts_with("enum")) {
    needs.push_back(family + " new");
    return world.any(std::vector<std::string>{x + " = 'new'", x + " IN ('new')",
                                              x + " <> 'new'::" + family.substr(5),
                                              x + " IS DISTINCT FROM 'new'"});
  }
  return x + (world.one_in(2) ? " IS NOT NULL" : " IS NULL");
}

// A call of a function of the schema's own on a field of its argument's family.
std::optional<Value> own_call(World& world, const std::vector<Field>& fields, bool immutable) {
  std::vector<std::pair<const Piece*, const Field*>> calls;
  for (const Piece* function : world.of_kind("function")) {
    if (function->argument.empty()) continue;
    for (const Field& field : fields) {
      if (function->argument == field.family) calls.emplace_back(function, &field);
    }
  }
  if (calls.empty()) return std::nullopt;
  const auto [function, field] = world.any(calls);
  const std::string type = function->argument == "number" ? "integer" : function->argument;
  Value value;
  value.text = function->name + "(" + field->sql + "::" + type + ")";
  value.family = function->result;
  value.needs = field->needs;
  value.needs.push_back(function->key + "->" + function->result + (immutable ? " immutable" : ""));
  return value;
}

Sql simple_condition(World& world, const std::vector<Field>& fields, bool immutable) {
  const bool own = world.one_in(5);
  const Field* field = pick_field(world, fields);
  if (field == nullptr) return {"true", {}};
  if (own) {
    if (const auto call = own_call(world, fields, immutable)) {
      const std::string& x = call->text;
      return {call->family == "boolean"  ? x
              : call->family == "number" ? on_number(world, x)
                                         : x + " IS NOT NULL",
              call->needs};
    }
  }
  Sql result{"", field->needs};
  result.text = field->family == "number" ? on_number(world, field->sql)
                : field->family == "text" ? on_text(world, field->sql)
                                          : on_other(world, *field, immutable, result.needs);
  return result;
}

}  // namespace

Sql condition(World& world, const std::vector<Field>& fields, bool immutable, int depth) {
  const std::size_t form = world.pick(6);
  if (depth == 0 || form > 2) return simple_condition(world, fields, immutable);
  Sql left = condition(world, fields, immutable, depth - 1);
  if (form == 2) return {"NOT (" + left.text + ")", left.needs};
  const Sql right = condition(world, fields, immutable, depth - 1);
  append(left.needs, right.needs);
  return {form == 0 ? left.text + " AND (" + right.text + ")"
                    : "(" + left.text + ") OR (" + right.text + ")",
          left.needs};
}

std::optional<Value> computed(World& world, const std::vector<Field>& fields, bool immutable) {
  const bool own = world.one_in(4);
  const Field* field = pick_field(world, fields);
  if (field == nullptr) return std::nullopt;
  if (own) {
    if (auto call = own_call(world, fields, immutable)) return call;
  }
  const std::string& x = field->sql;
  const auto value = [&](const std::string& text, const std::string& family) {
    Value made;
    made.text = text;
    made.needs = field->needs;
    made.family = family;
    return made;
  };
  const std::size_t form = world.pick(5);
  if (field->family == "number") {
    const std::vector<std::string> forms{x + " + 1", "abs(" + x + ")", x + " * 2",
                                         "(" + x + " - 1) / 2", "COALESCE(" + x + ", 0)"};
    return value(forms[form], "number");
  }
  if (field->family == "text") {
    if (form == 4) return value("length(" + x + ")", "number");
    const std::vector<std::string> forms{"lower(" + x + ")", "upper(" + x + "::text)",
                                         x + " || '!'", "COALESCE(" + x + ", 'none')"};
    return value(forms[form], "text");
  }
  if (field->family == "boolean") return value("NOT " + x, "boolean");
  if (field->family == "date") return value(x + " + 1", "date");
  if (field->family == "jsonb") return value(x + " ->> 'k'", "text");
  if (field->family.starts_with("enum") && !immutable) return value(x + "::text", "text");
  if (field->family == "array number") return value("cardinality(" + x + ")", "number");
  return std::nullopt;
}

}  // namespace schemadiff::testing
