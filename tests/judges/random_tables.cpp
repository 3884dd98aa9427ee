// Tables, partitions and columns of random schemas.
#include <algorithm>

#include "tests/judges/random_world.h"

namespace schemadiff::testing {
namespace {

// Tables of all sorts; partitioned ones too.
std::vector<const Piece*> tables(const World& world) {
  std::vector<const Piece*> found = world.of_kind("table");
  for (const Piece* child : world.of_kind("child")) found.push_back(child);
  return found;
}

// Those that columns are made for.
std::vector<const Piece*> tables_with_columns(const World& world) {
  std::vector<const Piece*> found = tables(world);
  for (const Piece* foreign : world.of_kind("foreign table")) found.push_back(foreign);
  return found;
}

void finish_table(World& world, Piece& piece) {
  piece.key = relation_key(piece.name);
  piece.address = "TABLE " + piece.name;
  const std::size_t option = world.pick(12);
  static const std::vector<std::string> options{
      "fillfactor = 70", "autovacuum_enabled = false",
      "autovacuum_vacuum_scale_factor = 0.1, fillfactor = 90"};
  if (option < options.size() && piece.result.empty()) {
    piece.tail += " WITH (" + options[option] + ")";
  }
}

// PARTITION BY of a table whose key column is k.
void partition_by(World& world, Piece& piece, const std::string& family) {
  const std::vector<std::string> strategies{"range", "list", "hash"};
  piece.result = world.any(strategies);
  const bool expression = world.one_in(8) && piece.kind == "table";
  const std::string key = !expression          ? "k"
                          : family == "number" ? "(k + 1)"
                          : family == "text"   ? "lower(k)"
                                               : "(k + 1)";
  piece.tail += " PARTITION BY " + piece.result + " (" + key + ")";
  piece.argument = family;
  piece.provides.push_back("partitioned " + piece.name + " " + piece.result + " " + family);
  if (!expression) piece.provides.push_back("plain key " + piece.name);
}

std::string bound_value(const std::string& family, std::size_t slot) {
  if (family == "number") return std::to_string(100 * slot);
  if (family == "date") return "'2020-01-0" + std::to_string(slot + 1) + "'";
  return "'" + std::string(1, static_cast<char>('a' + slot)) + "'";
}

std::string bound(World& world, const Piece& parent, std::size_t slot) {
  const std::string& family = parent.argument;
  if (parent.result == "hash")
    return "FOR VALUES WITH (MODULUS 8, REMAINDER " + std::to_string(slot) + ")";
  const bool open = world.one_in(4);
  if (parent.result == "list")
    return "FOR VALUES IN (" + bound_value(family, slot) + (open && slot == 0 ? ", NULL" : "") +
           ")";
  return "FOR VALUES FROM (" + (open && slot == 0 ? "MINVALUE" : bound_value(family, slot)) +
         ") TO (" + (open && slot == 7 ? "MAXVALUE" : bound_value(family, slot + 1)) + ")";
}

}  // namespace

bool make_table(World& world, Piece& piece) {
  piece.kind = "table";
  name_it(world, piece, "t");
  const bool partitioned = world.one_in(4);
  const bool unlogged = world.one_in(10) && !partitioned;
  piece.text = std::string("CREATE ") + (unlogged ? "UNLOGGED " : "") + "TABLE " + piece.name;
  if (!unlogged) piece.provides.push_back("permanent " + piece.name);
  if (partitioned) {
    const std::vector<Type> types{
        {"integer", "number", {}}, {"date", "date", {}}, {"text", "text", {}}};
    const Type type = world.any(types);
    const bool not_null = world.one_in(2);
    piece.fields.push_back(
        {"k", "k", type.family, type.text, {"column " + piece.name + ".k:" + type.family}});
    piece.provides.push_back(piece.fields.front().needs.front());
    piece.provides.push_back("column " + piece.name + ".k:plain");
    piece.provides.push_back("column " + piece.name + ".k:" + type.text);
    piece.text += " (k " + type.text + (not_null ? " NOT NULL" : "");
    partition_by(world, piece, type.family);
  } else {
    piece.text += " (";
    piece.provides.push_back("ordinary " + piece.name);
  }
  piece.tail = ")" + piece.tail;
  finish_table(world, piece);
  return true;
}

bool make_partition(World& world, Piece& piece) {
  std::vector<const Piece*> parents;
  for (const char* kind : {"table", "partition"}) {
    for (const Piece* table : world.of_kind(kind))
      if (!table->result.empty()) parents.push_back(table);
  }
  if (parents.empty()) return false;
  const std::size_t choice = world.pick(parents.size());
  if (piece.within.empty()) piece.within = parents[choice]->key;
  const Piece* parent = world.find(piece.within);
  if (parent == nullptr || parent->result.empty()) return false;
  piece.kind = "partition";
  name_it(world, piece, "part");
  const bool is_default = world.one_in(6) && parent->result != "hash";
  const bool parted = world.one_in(6);
  std::size_t slot = world.pick(8);
  const auto taken = [&](const std::string& key) {
    const auto siblings = world.of_kind("partition");
    return std::any_of(siblings.begin(), siblings.end(), [&](const Piece* sibling) {
      return sibling->within == piece.within && sibling->provides.front() == key;
    });
  };
  std::string key = "slot default";
  if (is_default && taken(key)) return false;
  for (std::size_t tries = 0; !is_default; ++tries, slot = (slot + 1) % 8) {
    if (tries == 8) return false;
    key = "slot " + std::to_string(slot);
    if (!taken(key)) break;
  }
  piece.provides.push_back(key);
  piece.needs.push_back("partitioned " + parent->name + " " + parent->result + " " +
                        parent->argument);
  piece.text = "CREATE TABLE " + piece.name + " PARTITION OF " + parent->name + " " +
               (is_default ? "DEFAULT" : bound(world, *parent, slot));
  if (parted) partition_by(world, piece, parent->argument);
  finish_table(world, piece);
  piece.provides.push_back(piece.key + " of " + piece.within);
  piece.provides.push_back("permanent " + piece.name);
  return true;
}

namespace {

// Two parents may not have different columns of one name; columns of one tree never have.
bool are_apart(const World& world, const Piece& a, const Piece& b) {
  if (a.key == b.key) return false;
  const std::vector<Field> first = fields_of(world, a.key);
  const std::vector<Field> second = fields_of(world, b.key);
  return std::none_of(first.begin(), first.end(), [&](const Field& field) {
    return std::any_of(second.begin(), second.end(),
                       [&](const Field& other) { return other.name == field.name; });
  });
}

}  // namespace

bool make_child(World& world, Piece& piece) {
  std::vector<const Piece*> parents = tables(world);
  std::erase_if(parents, [](const Piece* table) { return !table->result.empty(); });
  if (parents.empty()) return false;
  const std::size_t choice = world.pick(parents.size());
  if (piece.within.empty()) piece.within = parents[choice]->key;
  const Piece* parent = world.find(piece.within);
  if (parent == nullptr) return false;
  piece.kind = "child";
  name_it(world, piece, "child");
  const bool of_two = world.one_in(4);
  std::vector<const Piece*> roots = world.of_kind("table");  // no heirs of its own
  std::erase_if(roots, [&](const Piece* table) {
    return !table->result.empty() || !are_apart(world, *parent, *table);
  });
  const Piece* second = of_two && !roots.empty() ? world.any(roots) : nullptr;
  std::string names = parent->name;
  piece.needs.push_back("ordinary " + parent->name);
  piece.needs.push_back("permanent " + parent->name);
  if (second != nullptr) {
    piece.also_within = second->key;
    names += ", " + second->name;
    piece.needs.push_back("ordinary " + second->name);
    piece.needs.push_back("permanent " + second->name);
  }
  piece.text = "CREATE TABLE " + piece.name + " (";
  piece.tail = ") INHERITS (" + names + ")";
  finish_table(world, piece);
  piece.provides = {piece.key + " of " + piece.within, "permanent " + piece.name,
                    "ordinary " + piece.name};
  if (second != nullptr) piece.provides.push_back(piece.key + " of " + piece.also_within);
  return true;
}

// Of a composite type, whose fields it has.
bool make_typed_table(World& world, Piece& piece) {
  std::vector<const Piece*> types = world.of_kind("type");
  std::erase_if(types, [](const Piece* type) { return !type->result.starts_with("composite"); });
  if (types.empty()) return false;
  name_it(world, piece, "typed");
  const Piece& type = *types[world.pick(types.size())];
  piece.kind = "typed table";
  piece.needs.push_back(type.key + ":" + type.result);
  piece.text = "CREATE TABLE " + piece.name + " OF " + type.name;
  finish_table(world, piece);
  return true;
}

namespace {

const Piece* root_of(const World& world, const Piece* table) {
  while (table != nullptr && table->kind != "table") table = world.find(table->within);
  return table;
}

// A name that no table of the same tree has.
std::string column_name(World& world, const Piece& table) {
  static const std::vector<std::string> names{"id",
                                              "code",
                                              "name",
                                              "note",
                                              "amount",
                                              "price",
                                              "\"Mixed Case\"",
                                              "state",
                                              "\"order\"",
                                              "value",
                                              "\"say \"\"hi\"\"\"",
                                              "parent_id",
                                              "created"};
  const std::string& name = names[world.pick(names.size())];
  const auto children = world.of_kind("child");
  const bool mixed = std::any_of(children.begin(), children.end(),
                                 [](const Piece* child) { return !child->also_within.empty(); });
  for (const Piece* column : world.of_kind("column")) {
    if (column->name == name &&
        (mixed || root_of(world, world.find(column->within)) == root_of(world, &table))) {
      return "c" + std::to_string(++world.names);
    }
  }
  return name;
}

// The default of a column, or what stands in its place.
std::string default_of(World& world, const Type& type, bool computed_default,
                       std::vector<std::string>& needs) {
  const auto sequences = world.of_kind("sequence");
  const std::size_t choice = world.pick(sequences.size() + 1);
  if (computed_default && type.family == "number" && choice < sequences.size()) {
    needs.push_back(sequences[choice]->key);
    return " DEFAULT nextval('" + sequences[choice]->name + "')";
  }
  if (computed_default) {
    const auto value = computed(
        world, {{"", "(" + literal(world, type, needs) + ")::" + type.text, type.family, "", {}}},
        false);
    if (value && value->family == type.family) {
      append(needs, value->needs);
      return " DEFAULT (" + value->text + ")";
    }
  }
  return " DEFAULT " + literal(world, type, needs);
}

std::string identity(World& world) {
  static const std::vector<std::string> options{"",
                                                "",
                                                " (START WITH 100)",
                                                " (INCREMENT BY 2 CACHE 5)",
                                                " (MINVALUE 0 START WITH 0)",
                                                " (INCREMENT BY -1 CYCLE)",
                                                " (MAXVALUE 1000)"};
  const bool always = world.one_in(2);
  return std::string(" GENERATED ") + (always ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY" +
         world.any(options);
}

}  // namespace

bool make_column(World& world, Piece& piece) {
  const auto all = tables_with_columns(world);
  if (all.empty()) return false;
  const std::size_t choice = world.pick(all.size());
  if (piece.within.empty()) piece.within = all[choice]->key;
  const Piece* table = world.find(piece.within);
  if (table == nullptr) return false;
  piece.kind = "column";
  std::string name = piece.name.empty() ? column_name(world, *table) : piece.name;
  if (!piece.name.empty()) world.pick(1);
  piece.name = name;
  piece.key = "column " + table->name + "." + name;
  piece.address = "COLUMN " + table->name + "." + name;
  const bool not_null = world.one_in(3);
  const std::size_t value = world.pick(12);
  const std::size_t detail = world.pick(16);
  Type type = any_type(world);
  bool plain = true;
  std::string value_text;
  if (value == 0 && table->kind == "table") {
    type = world.any(std::vector<Type>{{"integer", "number", {}}, {"bigint", "number", {}}});
    value_text = identity(world);
  } else if (value == 1) {
    type = world.any(std::vector<Type>{{"serial", "number", {}}, {"bigserial", "number", {}}});
  } else if (value == 2) {
    std::vector<Field> sources = fields_of(world, piece.within);
    for (Field& field : sources) field.needs.push_back(aspect(field, "plain"));
    if (const auto made = computed(world, sources, true)) {
      append(piece.needs, made->needs);
      value_text = " GENERATED ALWAYS AS (" + made->text + ") STORED";
      type = {made->family == "number" ? "numeric" : made->family, made->family, {}};
      plain = false;
    }
  } else if (value < 7) {
    value_text = default_of(world, type, value == 3, piece.needs);
  }
  append(piece.needs, type.needs);
  piece.text = name + " " + type.text;
  const auto collations = world.of_kind("collation");
  if (type.family == "text" && detail > 9 && detail - 10 < collations.size()) {
    piece.needs.push_back(collations[detail - 10]->key);
    piece.text += " COLLATE " + collations[detail - 10]->name;
  }
  if (type.family == "text" && detail < 2)
    piece.text += detail == 0 ? " COLLATE \"C\"" : " COLLATE \"POSIX\"";
  // that of a foreign table is dumped as a statement which the server refuses
  if (type.family == "text" && detail == 2 && table->kind != "foreign table")
    piece.text += " COMPRESSION pglz";
  piece.text += value_text;
  if (not_null) piece.text += " NOT NULL";
  const std::string alter = "ALTER TABLE " + table->name + " ALTER COLUMN " + name;
  if (starts_with_any(type.family, {"text", "json", "bytea"}) && detail == 3)
    piece.after.push_back(alter + " SET STORAGE EXTERNAL");
  if (detail == 4) piece.after.push_back(alter + " SET STATISTICS 200");
  if (detail == 5) piece.after.push_back(alter + " SET (n_distinct = -0.5)");
  if (detail == 6)
    piece.after.push_back(alter + " SET (n_distinct_inherited = 20, n_distinct = 7)");
  if (detail == 7 && table->kind == "foreign table")
    piece.after.push_back("ALTER FOREIGN TABLE " + table->name + " ALTER COLUMN " + name +
                          " OPTIONS (column_name 'x')");
  piece.fields = {{name, name, type.family, type.text, {piece.key + ":" + type.family}}};
  piece.provides = {piece.key + ":" + type.family, piece.key + ":" + type.text};
  if (plain) piece.provides.push_back(piece.key + ":plain");
  return true;
}

// Of a table that has a column to toast.
bool make_toast_option(World& world, Piece& piece) {
  std::vector<const Piece*> columns = world.of_kind("column");
  std::erase_if(columns, [&](const Piece* column) {
    const Piece* table = world.find(column->within);
    return column->fields.front().type != "text" || table == nullptr || table->kind != "table" ||
           !table->result.empty();
  });
  if (columns.empty()) return false;
  const Piece& column = *columns[world.pick(columns.size())];
  if (piece.within.empty()) piece.within = column.within;
  if (column.within != piece.within) return false;
  const Piece* table = world.find(piece.within);
  piece.kind = "toast option";
  piece.key = "toast option " + piece.within;
  piece.needs = {"ordinary " + table->name, aspect(column.fields.front(), "text")};
  piece.text = "ALTER TABLE " + table->name + " SET (toast.autovacuum_enabled = false" +
               (world.one_in(2) ? ", autovacuum_vacuum_threshold = 100)" : ")");
  return true;
}

bool make_row_security(World& world, Piece& piece) {
  const auto all = tables(world);
  if (all.empty()) return false;
  const std::size_t choice = world.pick(all.size());
  if (piece.within.empty()) piece.within = all[choice]->key;
  const Piece* table = world.find(piece.within);
  if (table == nullptr) return false;
  piece.kind = "row security";
  piece.key = "row security " + piece.within;
  piece.needs = {piece.within};
  piece.text = "ALTER TABLE " + table->name + " ENABLE ROW LEVEL SECURITY";
  if (world.one_in(3))
    piece.after.push_back("ALTER TABLE " + table->name + " FORCE ROW LEVEL SECURITY");
  return true;
}

}  // namespace schemadiff::testing
