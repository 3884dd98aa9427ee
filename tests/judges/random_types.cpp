// Schemas, types and sequences of random schemas.
#include "tests/judges/random_world.h"

namespace schemadiff::testing {

bool make_schema(World& world, Piece& piece) {
  piece.kind = "schema";
  const bool quoted = world.one_in(4);
  if (piece.name.empty()) {
    const std::string number = std::to_string(++world.names);
    piece.name = quoted ? "\"Schema " + number + "\"" : "app" + number;
  }
  piece.key = "schema " + piece.name;
  piece.address = "SCHEMA " + piece.name;
  piece.text = "CREATE SCHEMA " + piece.name;
  return true;
}

namespace {

// What all types have in common once their text is there.
bool finish_type(Piece& piece, const std::string& family, const std::string& word) {
  piece.kind = "type";
  piece.key = "type " + piece.name;
  piece.result = family;
  piece.provides.push_back(piece.key + ":" + family);
  piece.address = word + " " + piece.name;
  return true;
}

}  // namespace

bool make_enum(World& world, Piece& piece) {
  name_it(world, piece, "state");
  std::vector<std::string> labels;
  for (const char* label : {"new", "open", "done", "lost", "Won it", "it''s"}) {
    if (world.pick(4) == 0) continue;
    const auto place = world.one_in(4) ? labels.begin() : labels.end();
    labels.insert(place, label);
  }
  for (std::string& label : labels) {
    piece.provides.push_back("enum " + piece.name + " " + label);
    label = "'" + label + "'";
  }
  piece.text = "CREATE TYPE " + piece.name + " AS ENUM (" + join(labels) + ")";
  return finish_type(piece, "enum " + piece.name, "TYPE");
}

bool make_domain(World& world, Piece& piece) {
  name_it(world, piece, "dom");
  const bool not_null = world.one_in(4);
  const bool has_default = world.one_in(3);
  const std::size_t checks = world.pick(3);
  const bool named = world.one_in(2);
  const bool collated = world.one_in(4);
  const Type type = any_type(world);
  if (starts_with_any(type.family, {"composite"})) return false;
  append(piece.needs, type.needs);
  piece.text = "CREATE DOMAIN " + piece.name + " AS " + type.text;
  if (collated && type.family == "text") piece.text += " COLLATE \"C\"";
  if (has_default) piece.text += " DEFAULT " + literal(world, type, piece.needs);
  if (not_null) piece.text += " NOT NULL";
  for (std::size_t i = 0; i < checks; ++i) {
    const Sql check = condition(world, {{"", "VALUE", type.family, "", {}}}, true);
    append(piece.needs, check.needs);
    const std::string name = "valid_" + std::to_string(i);
    if (named) piece.text += " CONSTRAINT " + name;
    piece.text += " CHECK (" + check.text + ")";
    if (named && world.one_in(3))
      piece.after.push_back("COMMENT ON CONSTRAINT " + name + " ON DOMAIN " + piece.name +
                            " IS 'Check " + std::to_string(world.pick(2)) + "'");
  }
  // Polymorphic operators do not look through a domain over an enum.
  return finish_type(piece, (type.family.starts_with("enum") ? "domain " : "") + type.family,
                     "DOMAIN");
}

bool make_composite(World& world, Piece& piece) {
  name_it(world, piece, "pair");
  std::vector<std::string> attributes;
  for (const char* name : {"x", "y", "label", "\"Z z\""}) {
    const bool there = !world.one_in(3);
    const bool collated = world.one_in(8);
    const Type type = any_type(world);
    if (!there) continue;
    append(piece.needs, type.needs);
    attributes.push_back(std::string(name) + " " + type.text +
                         (collated && type.family == "text" ? " COLLATE \"C\"" : ""));
  }
  piece.text = "CREATE TYPE " + piece.name + " AS (" + join(attributes) + ")";
  return finish_type(piece, "composite " + piece.name, "TYPE");
}

bool make_range(World& world, Piece& piece) {
  name_it(world, piece, "span");
  static const std::vector<std::string> subtypes{"integer",
                                                 "numeric",
                                                 "text",
                                                 "text, COLLATION = \"C\"",
                                                 "float8, SUBTYPE_DIFF = float8mi",
                                                 "timestamp",
                                                 "date",
                                                 "text, SUBTYPE_OPCLASS = text_pattern_ops"};
  piece.text = "CREATE TYPE " + piece.name + " AS RANGE (SUBTYPE = " + world.any(subtypes);
  if (world.one_in(3))
    piece.text += ", MULTIRANGE_TYPE_NAME = " +
                  piece.name.substr(0, piece.name.size() - last_of(piece.name).size()) + "many_" +
                  std::to_string(world.names);
  piece.text += ")";
  return finish_type(piece, "range " + piece.name, "TYPE");
}

bool make_sequence(World& world, Piece& piece) {
  name_it(world, piece, "seq");
  piece.kind = "sequence";
  piece.key = relation_key(piece.name);
  piece.address = "SEQUENCE " + piece.name;
  piece.text = "CREATE SEQUENCE " + piece.name;
  static const std::vector<std::string> options{" AS integer",    " INCREMENT BY 5", " MINVALUE 0",
                                                " START WITH 10", " CACHE 20",       " CYCLE",
                                                " MAXVALUE 1000", " NO MINVALUE"};
  for (const std::string& option : options) {
    const bool there = world.one_in(4);
    if (there && !(option == " NO MINVALUE" && piece.text.find("MINVALUE") != std::string::npos))
      piece.text += option;
  }
  return true;
}

bool make_owned_by(World& world, Piece& piece) {
  const auto sequences = world.of_kind("sequence");
  const auto columns = world.of_kind("column");
  if (sequences.empty() || columns.empty()) return false;
  const std::size_t choice = world.pick(sequences.size());
  if (piece.within.empty()) piece.within = sequences[choice]->key;
  const Piece* sequence = world.find(piece.within);
  const Piece& column = *columns[world.pick(columns.size())];
  const Piece* table = world.find(column.within);
  if (sequence == nullptr || table == nullptr ||
      schema_of(sequence->name) != schema_of(table->name)) {
    return false;
  }
  piece.kind = "owned";
  piece.key = "owned " + piece.within;
  piece.name = sequence->name;
  piece.needs = {piece.within, column.key};
  piece.text = "ALTER SEQUENCE " + sequence->name + " OWNED BY " + table->name + "." +
               column.fields.front().sql;
  return true;
}

}  // namespace schemadiff::testing
