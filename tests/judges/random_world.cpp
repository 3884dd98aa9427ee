// Choices, names, types and expressions of random schemas.
#include "tests/judges/random_world.h"

#include <algorithm>

namespace schemadiff::testing {

std::size_t World::pick(std::size_t count) {
  if (at == tape->size()) tape->push_back(random());
  return (*tape)[at++] % count;
}

std::vector<const Piece*> World::of_kind(const std::string& kind) const {
  std::vector<const Piece*> found;
  for (const Piece& piece : pieces) {
    if (piece.kind == kind) found.push_back(&piece);
  }
  return found;
}

const Piece* World::find(const std::string& key) const {
  const auto found = std::find_if(pieces.begin(), pieces.end(),
                                  [&](const Piece& piece) { return piece.key == key; });
  return found == pieces.end() ? nullptr : &*found;
}

std::string join(const std::vector<std::string>& parts, const std::string& between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

void append(std::vector<std::string>& needs, const std::vector<std::string>& more) {
  needs.insert(needs.end(), more.begin(), more.end());
}

bool starts_with_any(const std::string& family, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return family.starts_with(prefix); });
}

std::string schema_of(const std::string& name) {
  const std::size_t dot = name.find('.');
  return dot == std::string::npos ? "public" : name.substr(0, dot);
}

std::string last_of(const std::string& name) {
  const std::size_t dot = name.find('.');
  return dot == std::string::npos ? name : name.substr(dot + 1);
}

std::string relation_key(const std::string& name) { return "relation " + name; }

namespace {

// Names that objects of all kinds are called by, one after the other.
const std::vector<std::string>& shared_names() {
  static const std::vector<std::string> names{
      "thing",     "other_thing",
      "\"Thing\"", "\"select\"",
      "\"user\"",  "a_name_of_sixty_three_bytes_which_leaves_no_room_for_any_suffix"};
  return names;
}

bool is_taken(const World& world, const std::string& schema, const std::string& name) {
  return std::any_of(world.pieces.begin(), world.pieces.end(), [&](const Piece& piece) {
    return schema_of(piece.name) == schema && last_of(piece.name) == name;
  });
}

}  // namespace

void name_it(World& world, Piece& piece, const std::string& prefix) {
  const auto schemas = world.of_kind("schema");
  const std::size_t schema = world.pick(schemas.size() + 2);
  const bool quoted = world.one_in(8);
  const bool shared = world.one_in(8);
  if (piece.name.empty()) {
    const std::string number = std::to_string(++world.names);
    std::string name = quoted ? "\"" + prefix + " " + number + "\"" : prefix + number;
    const std::string place = schema < 2 ? "public" : schemas[schema - 2]->name;
    const std::string& common = shared_names()[(*world.tape)[1] % shared_names().size()];
    if (shared && !is_taken(world, place, common)) name = common;
    // one spelling of each name, by which the sides know that it is the same thing
    const bool bare = place == "public" && name.back() % 2 == 0;
    piece.name = bare ? name : place + "." + name;
  }
  if (schema_of(piece.name) != "public") piece.needs.push_back("schema " + schema_of(piece.name));
}

Type any_type(World& world) {
  static const std::vector<Type> builtin{
      {"integer", "number", {}},
      {"bigint", "number", {}},
      {"smallint", "number", {}},
      {"numeric", "number", {}},
      {"numeric(12,2)", "number", {}},
      {"double precision", "number", {}},
      {"int", "number", {}},
      {"text", "text", {}},
      {"text", "text", {}},
      {"varchar(40)", "text", {}},
      {"character varying(80)", "text", {}},
      {"varchar", "text", {}},
      {"char(3)", "char", {}},
      {"boolean", "boolean", {}},
      {"date", "date", {}},
      {"timestamp", "time", {}},
      {"timestamptz", "time", {}},
      {"timestamp(3) with time zone", "time", {}},
      {"interval", "interval", {}},
      {"uuid", "uuid", {}},
      {"jsonb", "jsonb", {}},
      {"json", "json", {}},
      {"bytea", "bytea", {}},
      {"integer[]", "array number", {}},
      {"text[]", "array text", {}},
      {"inet", "inet", {}},
      {"int4range", "range int4range", {}},
      {"daterange", "range daterange", {}},
  };
  const auto types = world.of_kind("type");
  const std::size_t choice = world.pick(builtin.size() + 12);
  if (choice < builtin.size() || types.empty()) return builtin[choice % builtin.size()];
  const Piece& type = *types[world.pick(types.size())];
  const bool array = world.one_in(6);
  return {type.name + (array ? "[]" : ""),
          array ? "array " + type.name : type.result,
          {type.key + ":" + type.result}};
}

bool is_groupable(const std::string& family) {
  return !starts_with_any(family, {"json", "array", "composite", "domain"}) || family == "jsonb";
}

bool is_sortable(const std::string& family) {
  return is_groupable(family) && family != "jsonb" && !family.starts_with("range");
}

std::string literal(World& world, const Type& type, std::vector<std::string>& needs) {
  const std::string& family = type.family;
  const std::size_t choice = world.pick(6);
  const auto out_of = [&](const std::vector<std::string>& list) {
    return list[choice % list.size()];
  };
  if (family == "number") return out_of({"0", "42", "-1", "7 + 1", "1"});
  if (family == "text") return out_of({"''", "'x'", "'it''s'", "'new'::text", "'a' || 'b'"});
  if (family == "char") return "'abc'";
  if (family == "boolean") return out_of({"true", "false"});
  if (family == "date") return out_of({"'2020-01-31'", "CURRENT_DATE", "now()::date"});
  if (family == "time") return out_of({"now()", "CURRENT_TIMESTAMP", "'2020-01-31 10:00+00'"});
  if (family == "interval") return out_of({"'1 day'", "interval '2 hours'"});
  if (family == "uuid") return "gen_random_uuid()";
  if (family == "jsonb")
    return out_of({"'{}'", "'{\"a\": 1}'::jsonb", "jsonb_build_object('a', 1)"});
  if (family == "json") return "'[]'";
  if (family == "inet") return "'10.0.0.1'";
  if (family == "array number") return out_of({"'{}'", "ARRAY[1, 2]", "ARRAY[]::integer[]"});
  if (family.starts_with("array")) return "'{}'";
  if (family.starts_with("range")) return "'empty'";
  if (family.starts_with("enum")) {
    const std::string label = out_of({"new", "open", "done"});
    needs.push_back(family + " " + label);
    return "'" + label + "'" + (world.one_in(2) ? "::" + family.substr(5) : "");
  }
  return "NULL";
}

std::vector<Field> fields_of(const World& world, const std::string& relation) {
  const Piece* owner = world.find(relation);
  if (owner == nullptr) return {};
  std::vector<Field> fields;
  if (owner->kind == "child" || owner->kind == "partition") {
    for (const std::string& parent : {owner->within, owner->also_within})
      for (Field& field : fields_of(world, parent)) {
        field.needs.push_back(relation + " of " + parent);
        fields.push_back(std::move(field));
      }
  }
  fields.insert(fields.end(), owner->fields.begin(), owner->fields.end());
  for (const Piece* column : world.of_kind("column")) {
    if (column->within == relation) fields.push_back(column->fields.front());
  }
  return fields;
}

std::vector<Field> sortable_of(const World& world, const std::string& relation) {
  std::vector<Field> fields = fields_of(world, relation);
  std::erase_if(fields, [](const Field& field) { return !is_sortable(field.family); });
  return fields;
}

std::string aspect(const Field& field, const std::string& what) {
  const std::string& need = field.needs.front();
  return need.substr(0, need.rfind(':') + 1) + what;
}

std::vector<Field> qualified(std::vector<Field> fields, const std::string& prefix) {
  for (Field& field : fields) field.sql = prefix + "." + field.sql;
  return fields;
}

bool add(World& world, Maker maker) {
  Piece piece;
  piece.maker = maker;
  world.tape = &piece.tape;
  world.at = 0;
  if (!maker(world, piece) || world.find(piece.key) != nullptr) return false;
  world.pieces.push_back(std::move(piece));
  return true;
}

bool remake(World& world, std::size_t number) {
  const Piece& before = world.pieces[number];
  Piece piece;
  piece.maker = before.maker;
  piece.kind = before.kind;
  piece.key = before.key;
  piece.name = before.name;
  piece.within = before.within;
  piece.tape = before.tape;
  const std::vector<unsigned> tape = piece.tape;
  world.pieces[number].kind.clear();  // it does not see itself
  world.tape = &piece.tape;
  world.at = 0;
  const bool made = piece.maker(world, piece);
  if (made) {
    world.pieces[number] = std::move(piece);
  } else {
    world.pieces[number].kind = piece.kind;
  }
  return made;
}

const Piece* stand_on(World& world, Piece& piece, const std::vector<std::string>& kinds) {
  std::vector<const Piece*> all;
  for (const std::string& kind : kinds)
    for (const Piece* relation : world.of_kind(kind)) all.push_back(relation);
  if (all.empty()) return nullptr;
  const std::size_t choice = world.pick(all.size());
  if (piece.within.empty()) piece.within = all[choice]->key;
  piece.needs.push_back(piece.within);
  return world.find(piece.within);
}

}  // namespace schemadiff::testing
