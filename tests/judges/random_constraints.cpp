// Constraints and indexes of random schemas.
#include <algorithm>

#include "tests/judges/random_world.h"

namespace schemadiff::testing {
namespace {

const std::vector<std::string> kTables{"table", "child", "partition"};
const std::vector<std::string> kChecked{"table", "child", "partition", "foreign table"};
const std::vector<std::string> kOwnTables{"table", "child"};

// One to three fields, the columns of a partition key first where a key has to hold them.
std::vector<Field> key_fields(World& world, Piece& piece, const Piece& table, bool unique) {
  std::vector<Field> all = sortable_of(world, table.key);
  std::vector<Field> chosen;
  if (unique && !table.result.empty()) {
    if (table.kind == "partition") return {};
    piece.needs.push_back("plain key " + table.name);
    chosen.push_back(table.fields.front());
  }
  const std::size_t more = world.pick(3) + (chosen.empty() ? 1 : 0);
  for (std::size_t i = 0; i < more && !all.empty(); ++i) {
    const Field field = all[world.pick(all.size())];
    if (std::none_of(chosen.begin(), chosen.end(),
                     [&](const Field& other) { return other.name == field.name; }))
      chosen.push_back(field);
  }
  for (const Field& field : chosen) append(piece.needs, field.needs);
  return chosen;
}

std::string list_of(const std::vector<Field>& fields) {
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.sql);
  return "(" + join(names) + ")";
}

// "ALTER TABLE t ADD CONSTRAINT name"; some constraints are left to PostgreSQL to name.
std::string start(World& world, Piece& piece, const Piece& table, const std::string& prefix) {
  const bool unnamed = world.one_in(5);
  if (piece.name.empty()) {
    piece.name = prefix + std::to_string(++world.names);
    piece.key = prefix + " " + piece.name;
  }
  if (unnamed) return "ALTER TABLE " + table.name + " ADD";
  piece.address = "CONSTRAINT " + piece.name + " ON " + table.name;
  return "ALTER TABLE " + table.name + " ADD CONSTRAINT " + piece.name;
}

std::string timing(World& world) {
  static const std::vector<std::string> forms{"", "", "", " DEFERRABLE",
                                              " DEFERRABLE INITIALLY DEFERRED"};
  return world.any(forms);
}

bool make_key(World& world, Piece& piece, bool primary) {
  const Piece* table = stand_on(world, piece, primary ? kOwnTables : kTables);
  if (table == nullptr) return false;
  piece.kind = "key";
  const std::string head = start(world, piece, *table, primary ? "pk" : "uq");
  if (primary) piece.key = "primary " + piece.within;
  const bool distinct = world.one_in(6);
  const bool including = world.one_in(6);
  const std::string when = timing(world);
  const std::vector<Field> fields = key_fields(world, piece, *table, true);
  if (fields.empty()) return false;
  const std::vector<Field> all = fields_of(world, piece.within);
  piece.text = head + (primary ? " PRIMARY KEY " : " UNIQUE ");
  if (distinct && !primary) piece.text += "NULLS NOT DISTINCT ";
  piece.text += list_of(fields);
  if (including) {
    const Field& more = world.any(all);
    if (std::none_of(fields.begin(), fields.end(),
                     [&](const Field& field) { return field.name == more.name; })) {
      append(piece.needs, more.needs);
      piece.text += " INCLUDE (" + more.sql + ")";
    }
  }
  piece.text += when;
  piece.fields = fields;
  if (when.empty()) piece.provides.push_back("target " + table->name + list_of(fields));
  if (primary) piece.provides.push_back("primary " + table->name + list_of(fields));
  if (when.empty()) piece.result = "target";
  return true;
}

}  // namespace

bool make_primary_key(World& world, Piece& piece) { return make_key(world, piece, true); }
bool make_unique(World& world, Piece& piece) { return make_key(world, piece, false); }

bool make_check(World& world, Piece& piece) {
  const Piece* table = stand_on(world, piece, kChecked);
  if (table == nullptr) return false;
  piece.kind = "check";
  const std::string head = start(world, piece, *table, "ck");
  const bool no_inherit = world.one_in(8) && table->result.empty() && table->kind != "partition";
  const bool not_valid = world.one_in(6);
  const Sql check = condition(world, fields_of(world, piece.within), true);
  append(piece.needs, check.needs);
  if (no_inherit) piece.needs.push_back("ordinary " + table->name);
  piece.text = head + " CHECK (" + check.text + ")" + (no_inherit ? " NO INHERIT" : "") +
               (not_valid ? " NOT VALID" : "");
  return true;
}

bool make_foreign_key(World& world, Piece& piece) {
  const Piece* table = stand_on(world, piece, {"table", "child"});
  if (table == nullptr) return false;
  piece.kind = "foreign key";
  const std::string head = start(world, piece, *table, "fk");
  static const std::vector<std::string> actions{"",
                                                "",
                                                "",
                                                " ON DELETE CASCADE",
                                                " ON DELETE SET NULL",
                                                " ON UPDATE CASCADE ON DELETE RESTRICT",
                                                " ON DELETE SET DEFAULT",
                                                " MATCH FULL",
                                                " ON UPDATE SET NULL",
                                                " MATCH FULL ON DELETE CASCADE"};
  const std::string action = world.any(actions);
  const std::string when = timing(world);
  const bool not_valid = world.one_in(6) && table->result.empty();
  const bool one_column = world.one_in(4);
  std::vector<const Piece*> keys = world.of_kind("key");
  std::erase_if(keys, [](const Piece* key) { return key->result.empty(); });
  if (keys.empty()) return false;
  const Piece& key = *keys[world.pick(keys.size())];
  const Piece* target = world.find(key.within);
  if (target == nullptr) return false;
  // PostgreSQL cannot add one from a partitioned table to a part of its own.
  const Piece* root = target;
  while (root != nullptr && root->kind == "partition") root = world.find(root->within);
  if (root == nullptr || (!table->result.empty() && root == table)) return false;
  std::vector<Field> columns;
  const std::vector<Field> own = fields_of(world, piece.within);
  for (const Field& field : key.fields) {
    std::vector<Field> fitting = own;
    std::erase_if(fitting, [&](const Field& candidate) {
      return candidate.type.empty() || candidate.type != field.type ||
             std::any_of(columns.begin(), columns.end(),
                         [&](const Field& taken) { return taken.name == candidate.name; });
    });
    if (fitting.empty()) return false;
    columns.push_back(fitting[world.pick(fitting.size())]);
  }
  for (const Field& column : columns) {
    append(piece.needs, column.needs);
    piece.needs.push_back(aspect(column, "plain"));
    piece.needs.push_back(aspect(column, column.type));
  }
  for (const Field& field : key.fields) piece.needs.push_back(aspect(field, field.type));
  piece.needs.push_back("target " + target->name + list_of(key.fields));
  const bool sets = action.ends_with(" ON DELETE SET NULL") || action.ends_with("SET DEFAULT");
  const std::string some_columns = one_column && sets ? " (" + columns.front().sql + ")" : "";
  piece.needs.push_back("permanent " + target->name);
  piece.text = head + " FOREIGN KEY " + list_of(columns) + " REFERENCES " + target->name + " " +
               list_of(key.fields) + action + some_columns + when + (not_valid ? " NOT VALID" : "");
  return true;
}

bool make_exclusion(World& world, Piece& piece) {
  const Piece* table = stand_on(world, piece, {"table", "child"});
  if (table == nullptr || !table->result.empty()) return false;
  piece.kind = "exclusion";
  const std::string head = start(world, piece, *table, "ex");
  const bool partial = world.one_in(3);
  const std::string when = timing(world);
  const std::vector<Field> all = fields_of(world, piece.within);
  if (all.empty()) return false;
  const Field& field = world.any(all);
  const bool range = field.family.starts_with("range");
  if (!range && !is_sortable(field.family)) return false;
  append(piece.needs, field.needs);
  piece.needs.push_back("ordinary " + table->name);
  piece.text = head + " EXCLUDE USING " + (range ? "gist (" : "btree (") + field.sql + " WITH " +
               (range ? "&&" : "=") + ")";
  if (partial) {
    const Sql where = condition(world, all, true, 1);
    append(piece.needs, where.needs);
    piece.text += " WHERE (" + where.text + ")";
  }
  piece.text += when;
  return true;
}

bool make_index(World& world, Piece& piece) {
  const Piece* relation =
      stand_on(world, piece,
               {"table", "child", "partition", "materialized view", "empty materialized view"});
  if (relation == nullptr) return false;
  piece.kind = "index";
  const bool unnamed = world.one_in(6);
  const bool unique = world.one_in(4);
  const bool partial = world.one_in(4);
  const std::size_t method = world.pick(8);
  const std::size_t with = world.pick(12);
  const bool expression = world.one_in(3) && !(unique && !relation->result.empty());
  if (piece.name.empty()) {
    piece.name = "ix" + std::to_string(++world.names);
    piece.key = "index " + piece.name;
  }
  const std::string schema =
      relation->name.substr(0, relation->name.size() - last_of(relation->name).size());
  if (!unnamed) piece.address = "INDEX " + schema + piece.name;
  const std::vector<Field> all = fields_of(world, piece.within);
  std::vector<std::string> elements;
  std::string using_method;
  std::vector<Field> special = all;
  std::erase_if(special, [&](const Field& field) {
    return !starts_with_any(field.family, {"jsonb", "array number", "array text", "range"});
  });
  if (method < 3 && !special.empty() && !unique) {
    const Field& field = world.any(special);
    append(piece.needs, field.needs);
    using_method = field.family.starts_with("range") ? " USING gist" : " USING gin";
    elements.push_back(field.sql +
                       (field.family == "jsonb" && method == 0 ? " jsonb_path_ops" : ""));
  } else {
    static const std::vector<std::string> orders{
        "", "", "", " DESC", " NULLS FIRST", " DESC NULLS LAST", " ASC"};
    const bool hash = method == 3 && !unique;
    for (const Field& field : key_fields(world, piece, *relation, unique)) {
      std::string element = field.sql;
      if (field.family == "text" && !unique && world.one_in(5)) element += " COLLATE \"C\"";
      if (field.family == "text" && !unique && world.one_in(5)) element += " text_pattern_ops";
      if (field.type == "integer" && !hash && world.one_in(3)) {
        const auto classes = world.of_kind("operator class");
        if (!classes.empty()) {
          const Piece& own = *classes[world.pick(classes.size())];
          piece.needs.push_back(own.key);
          piece.needs.push_back(aspect(field, field.type));
          element += " " + own.name;
        }
      }
      if (!hash) element += world.any(orders);
      elements.push_back(element);
      if (hash) break;
    }
    if (hash) using_method = " USING hash";
    if (method == 4 && !unique) using_method = " USING btree";
    if (expression) {
      const auto value = computed(world, all, true);
      if (value && is_sortable(value->family) && using_method != " USING hash") {
        append(piece.needs, value->needs);
        elements.insert(world.one_in(2) ? elements.begin() : elements.end(),
                        "(" + value->text + ")");
      }
    }
  }
  if (elements.empty()) return false;
  piece.text = std::string("CREATE ") + (unique ? "UNIQUE " : "") + "INDEX " +
               (unnamed ? "" : piece.name + " ") + "ON " + relation->name + using_method + " (" +
               join(elements) + ")";
  if (with < 2 && using_method.empty() && !all.empty()) {
    const Field& more = world.any(all);
    append(piece.needs, more.needs);
    piece.text += " INCLUDE (" + more.sql + ")";
  }
  if (unique && with == 4) piece.text += " NULLS NOT DISTINCT";
  if (with == 2 && using_method.empty()) piece.text += " WITH (fillfactor = 60)";
  if (with == 3 && using_method.empty()) piece.text += " WITH (deduplicate_items = off)";
  if (partial) {
    const Sql where = condition(world, all, true, 1);
    append(piece.needs, where.needs);
    piece.text += " WHERE " + where.text;
  }
  return true;
}

bool make_replica_identity(World& world, Piece& piece) {
  const Piece* table = stand_on(world, piece, {"table", "child"});
  if (table == nullptr) return false;
  piece.kind = "replica identity";
  piece.key = "replica identity " + piece.within;
  std::string identity = world.one_in(2) ? "FULL" : "NOTHING";
  const bool by_index = world.one_in(2);
  const Piece* key = world.find("primary " + piece.within);
  if (by_index && key != nullptr && key->result == "target" && !key->address.empty()) {
    piece.needs.push_back("at " + key->address);
    piece.needs.push_back("primary " + table->name + list_of(key->fields));
    identity = "USING INDEX " + key->name;
  }
  piece.text = "ALTER TABLE " + table->name + " REPLICA IDENTITY " + identity;
  return true;
}

bool make_statistics(World& world, Piece& piece) {
  name_it(world, piece, "stat");
  const Piece* relation =
      stand_on(world, piece, {"table", "child", "partition", "materialized view", "foreign table"});
  if (relation == nullptr) return false;
  piece.kind = "statistics";
  piece.key = "statistics " + piece.name;
  piece.address = "STATISTICS " + piece.name;
  static const std::vector<std::string> kinds{"", "", " (ndistinct)", " (dependencies, mcv)",
                                              " (mcv)"};
  const std::string& kind = world.any(kinds);
  const bool expression = world.one_in(3);
  const bool target = world.one_in(5);
  std::vector<Field> fields = sortable_of(world, piece.within);
  std::vector<std::string> items;
  for (std::size_t i = 0; i < 2 && !fields.empty(); ++i) {
    const auto field = fields.begin() + static_cast<std::ptrdiff_t>(world.pick(fields.size()));
    append(piece.needs, field->needs);
    items.push_back(field->sql);
    fields.erase(field);
  }
  if (expression) {
    const auto value = computed(world, fields, true);
    if (value && is_sortable(value->family)) {
      append(piece.needs, value->needs);
      items.push_back("(" + value->text + ")");
    }
  }
  if (items.size() < 2) return false;
  piece.text =
      "CREATE STATISTICS " + piece.name + kind + " ON " + join(items) + " FROM " + relation->name;
  if (target) piece.after = {"ALTER STATISTICS " + piece.name + " SET STATISTICS 50"};
  return true;
}

bool make_rule(World& world, Piece& piece) {
  const Piece* relation = stand_on(world, piece, {"table", "child", "view"});
  if (relation == nullptr) return false;
  piece.kind = "rule";
  if (piece.name.empty()) {
    piece.name = "rl" + std::to_string(++world.names);
    piece.key = "rule " + piece.name;
  }
  piece.address = "RULE " + piece.name + " ON " + relation->name;
  const std::string event =
      world.any(std::vector<std::string>{"INSERT", "UPDATE", "DELETE", "UPDATE"});
  const std::size_t action = world.pick(4);
  const bool where = world.one_in(3);
  const std::size_t enabled = world.pick(10);
  const auto targets = world.of_kind("table");
  std::string text = " DO INSTEAD NOTHING";
  if (action == 1) text = " DO ALSO NOTIFY changed";
  if (action > 1 && !targets.empty()) {
    const Piece& target = *targets[world.pick(targets.size())];
    piece.needs.push_back(target.key);
    text = std::string(" DO ") + (action == 2 ? "ALSO" : "INSTEAD") + " DELETE FROM " +
           target.name + " x";
    const std::vector<Field> fields = qualified(fields_of(world, target.key), "x");
    const Sql made = condition(world, fields, false, 1);
    append(piece.needs, made.needs);
    text += " WHERE " + made.text;
  }
  piece.text = "CREATE RULE " + piece.name + " AS ON " + event + " TO " + relation->name;
  if (where && relation->kind != "view" && action != 1) {
    const Sql made = condition(
        world, qualified(fields_of(world, piece.within), event == "INSERT" ? "NEW" : "OLD"), false,
        1);
    append(piece.needs, made.needs);
    piece.text += " WHERE " + made.text;
  }
  piece.text += text;
  static const std::vector<std::string> modes{"DISABLE", "ENABLE ALWAYS", "ENABLE REPLICA"};
  if (enabled < modes.size() && relation->kind != "view")
    piece.after = {"ALTER TABLE " + relation->name + " " + modes[enabled] + " RULE " + piece.name};
  return true;
}

}  // namespace schemadiff::testing
