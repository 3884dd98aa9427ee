// Views of random schemas.
#include <algorithm>

#include "tests/judges/random_world.h"

namespace schemadiff::testing {
namespace {

// A query under construction: its text, what it needs and the columns it returns.
struct Query {
  std::string text;
  std::vector<std::string> needs;
  std::vector<Field> columns;
  std::string check;  // of a view that rows can be written through
};

std::vector<const Piece*> relations(const World& world) {
  std::vector<const Piece*> found;
  for (const char* kind : {"table", "child", "partition", "view", "materialized view"}) {
    for (const Piece* relation : world.of_kind(kind)) found.push_back(relation);
  }
  return found;
}

struct Source {
  const Piece* relation;
  std::vector<Field> fields;
};

// A relation under an alias.
Source source(World& world, Query& query, const std::string& alias) {
  const auto all = relations(world);
  const Piece* relation = all[world.pick(all.size())];
  query.needs.push_back(relation->key);
  return {relation, qualified(fields_of(world, relation->key), alias)};
}

// A name that no column of the query has yet, entered as one.
std::string add_column(Query& query, const std::string& wanted, const std::string& family) {
  std::string name = wanted;
  const auto taken = [&] {
    return std::any_of(query.columns.begin(), query.columns.end(),
                       [&](const Field& other) { return other.name == name; });
  };
  for (std::size_t i = 1; taken(); ++i) name = "again" + std::to_string(i);
  query.columns.push_back({name, name, family, "", {}});
  return name;
}

// The select list: fields, some under other names, and values made of them.
std::string select_list(World& world, Query& query, const std::vector<Field>& fields) {
  std::vector<std::string> items;
  const std::size_t count = 1 + world.pick(4);
  for (std::size_t i = 0; i < count && !fields.empty(); ++i) {
    const bool make = world.one_in(4);
    const bool rename = world.one_in(4);
    const Field& field = fields[world.pick(fields.size())];
    const auto value = make ? computed(world, fields, false) : std::nullopt;
    const std::string name =
        add_column(query, value || rename ? "v" + std::to_string(i) : field.name,
                   value ? value->family : field.family);
    const std::string text = value ? value->text : field.sql;
    items.push_back(text + (name == field.name && !value ? "" : " AS " + name));
    append(query.needs, value ? value->needs : field.needs);
  }
  if (items.empty()) {
    items.push_back("1 AS one");
    query.columns.push_back({"one", "one", "number", "", {}});
  }
  return join(items);
}

std::string where(World& world, Query& query, const std::vector<Field>& fields) {
  if (world.one_in(2)) return "";
  const Sql made = condition(world, fields, false);
  append(query.needs, made.needs);
  return " WHERE " + made.text;
}

void simple(World& world, Query& query) {
  const Source from = source(world, query, "r");
  const bool distinct = world.one_in(6);
  const std::string list = select_list(world, query, from.fields);
  const bool groupable =
      std::all_of(query.columns.begin(), query.columns.end(),
                  [](const Field& column) { return is_sortable(column.family); });
  query.text = std::string("SELECT ") + (distinct && groupable ? "DISTINCT " : "") + list +
               " FROM " + from.relation->name + " r" + where(world, query, from.fields);
  if (world.one_in(5)) query.text += " ORDER BY 1 LIMIT 10";
}

void star(World& world, Query& query) {
  const Source from = source(world, query, "r");
  const bool checked = world.one_in(4) && from.relation->kind == "table";
  const bool local = world.one_in(2);
  query.text = "SELECT * FROM " + from.relation->name + " r" + where(world, query, from.fields);
  if (checked) query.check = local ? " WITH LOCAL CHECK OPTION" : " WITH CHECK OPTION";
  for (const Field& field : from.fields) {
    append(query.needs, field.needs);
    query.columns.push_back({field.name, field.name, field.family, "", {}});
  }
}

void joined(World& world, Query& query) {
  const Source a = source(world, query, "a");
  const Source b = source(world, query, "b");
  static const std::vector<std::string> words{" JOIN ", " LEFT JOIN ", " FULL OUTER JOIN ",
                                              " RIGHT JOIN "};
  const std::string word = world.any(words);
  std::string on = "true";
  for (const Field& left : a.fields) {
    for (const Field& right : b.fields) {
      if (left.family != right.family || !is_sortable(left.family) || left.family == "time")
        continue;
      on = left.sql + " = " + right.sql;
      append(query.needs, left.needs);
      append(query.needs, right.needs);
      break;
    }
    if (on != "true") break;
  }
  std::vector<Field> fields = a.fields;
  fields.insert(fields.end(), b.fields.begin(), b.fields.end());
  const std::string list = select_list(world, query, fields);
  query.text = "SELECT " + list + " FROM " + a.relation->name + " a" + word + b.relation->name +
               " AS b ON " + on + where(world, query, fields);
}

// GROUP BY a field; by the primary key where there is one, other columns come along.
void grouped(World& world, Query& query) {
  const Source from = source(world, query, "r");
  const bool having = world.one_in(3);
  const bool by_key = world.one_in(2);
  const Piece* key = world.find("primary " + from.relation->key);
  if (by_key && key != nullptr && key->result == "target") {
    std::vector<std::string> columns;
    for (const Field& field : key->fields) columns.push_back("r." + field.sql);
    query.needs.push_back("primary " + from.relation->name + "(" + join([&] {
                            std::vector<std::string> names;
                            for (const Field& field : key->fields) names.push_back(field.sql);
                            return names;
                          }()) +
                          ")");
    query.text = "SELECT " + select_list(world, query, from.fields) + ", count(*) AS " +
                 add_column(query, "total", "number") + " FROM " + from.relation->name +
                 " r GROUP BY " + join(columns);
  } else {
    std::vector<Field> fields = from.fields;
    std::erase_if(fields, [](const Field& field) { return !is_sortable(field.family); });
    if (fields.empty()) return simple(world, query);
    const Field& field = world.any(fields);
    append(query.needs, field.needs);
    query.columns.push_back({field.name, field.name, field.family, "", {}});
    static const std::vector<std::string> totals{"count(*)", "count(DISTINCT 1)",
                                                 "count(*) FILTER (WHERE true)"};
    query.text = "SELECT " + field.sql + ", " + world.any(totals) + " AS " +
                 add_column(query, "total", "number") + " FROM " + from.relation->name +
                 " r GROUP BY " + field.sql;
  }
  if (having) query.text += " HAVING count(*) > 1";
}

void united(World& world, Query& query) {
  const Source from = source(world, query, "r");
  const std::string list = select_list(world, query, from.fields);
  const bool all = world.one_in(2);
  const bool sortable = std::all_of(query.columns.begin(), query.columns.end(),
                                    [](const Field& column) { return is_sortable(column.family); });
  const std::string first = where(world, query, from.fields);
  const std::string second = where(world, query, from.fields);
  const std::string head = "SELECT " + list + " FROM " + from.relation->name + " r";
  query.text = head + first + (all || !sortable ? " UNION ALL " : " UNION ") + head + second;
}

void nested(World& world, Query& query) {
  const std::size_t form = world.pick(5);
  const Source from = source(world, query, "r");
  const Source other = source(world, query, "o");
  const std::string list = select_list(world, query, from.fields);
  const std::string& name = from.relation->name;
  const Sql inner = condition(world, other.fields, false, 1);
  append(query.needs, inner.needs);
  const std::string from_other = " FROM " + other.relation->name + " o WHERE " + inner.text;
  switch (form) {
    case 0:
      query.text =
          "WITH picked AS (SELECT r.* FROM " + name + " r) SELECT " + list + " FROM picked r";
      for (const Field& field : from.fields) append(query.needs, field.needs);
      return;
    case 1:
      query.text =
          "SELECT " + list + " FROM " + name + " r WHERE EXISTS (SELECT 1" + from_other + ")";
      return;
    case 2:
      query.text = "SELECT " + list + ", (SELECT count(*)" + from_other + ") AS " +
                   add_column(query, "total", "number") + " FROM " + name + " r";
      return;
    case 3:
      query.text = "SELECT " + list + ", row_number() OVER (ORDER BY 1) AS " +
                   add_column(query, "place", "number") + " FROM " + name + " r";
      return;
    default:
      query.text = "SELECT " + list + ", x.n AS " + add_column(query, "n", "number") + " FROM " +
                   name + " r, LATERAL (SELECT count(*) AS n" + from_other + ") x";
  }
}

bool make_query(World& world, Piece& piece) {
  if (relations(world).empty()) return false;
  Query query;
  switch (world.pick(9)) {
    case 0:
      star(world, query);
      break;
    case 1:
      joined(world, query);
      break;
    case 2:
      joined(world, query);
      break;
    case 3:
      grouped(world, query);
      break;
    case 4:
      united(world, query);
      break;
    case 5:
      nested(world, query);
      break;
    case 6:
      nested(world, query);
      break;
    default:
      simple(world, query);
  }
  piece.tail = query.text + (piece.kind == "view" ? query.check : "");
  append(piece.needs, query.needs);
  for (Field& column : query.columns) {
    const std::string need = "column " + piece.name + "." + column.name + ":" + column.family;
    column.needs = {need};
    piece.provides.push_back(need);
    piece.fields.push_back(column);
  }
  piece.key = relation_key(piece.name);
  return true;
}

}  // namespace

bool make_view(World& world, Piece& piece) {
  name_it(world, piece, "view");
  const std::size_t option = world.pick(10);
  piece.kind = "view";
  if (!make_query(world, piece)) return false;
  piece.address = "VIEW " + piece.name;
  static const std::vector<std::string> options{" WITH (security_barrier)",
                                                " WITH (security_invoker = true)"};
  piece.text =
      "CREATE VIEW " + piece.name + (option < options.size() ? options[option] : "") + " AS ";
  return true;
}

bool make_materialized_view(World& world, Piece& piece) {
  name_it(world, piece, "mat");
  const std::size_t option = world.pick(8);
  if (!make_query(world, piece)) return false;
  piece.kind = "materialized view";
  piece.address = "MATERIALIZED VIEW " + piece.name;
  piece.text = "CREATE MATERIALIZED VIEW " + piece.name +
               (option == 0 ? " WITH (fillfactor = 50)" : "") + " AS ";
  if (option == 1) {
    piece.kind = "empty materialized view";  // not to be read from
    piece.tail += " WITH NO DATA";
  }
  return true;
}

}  // namespace schemadiff::testing
