// Foreign servers and tables, publications and event triggers of random schemas.
#include <algorithm>

#include "tests/judges/random_world.h"

namespace schemadiff::testing {
namespace {

// A name without schema: of wrappers, servers, publications, event triggers.
void name_alone(World& world, Piece& piece, const std::string& prefix) {
  piece.kind = prefix;
  if (piece.name.empty()) piece.name = prefix + std::to_string(++world.names);
  piece.key = prefix + " " + piece.name;
}

std::string options(World& world, const std::vector<std::string>& names) {
  std::vector<std::string> list;
  for (const std::string& name : names) {
    const bool there = world.one_in(2);
    const std::size_t value = world.pick(3);
    if (there) list.push_back(name + " 'v" + std::to_string(value) + "'");
  }
  return list.empty() ? "" : " OPTIONS (" + join(list) + ")";
}

}  // namespace

bool make_wrapper(World& world, Piece& piece) {
  name_alone(world, piece, "wrapper");
  piece.address = "FOREIGN DATA WRAPPER " + piece.name;
  piece.text =
      "CREATE FOREIGN DATA WRAPPER " + piece.name + options(world, {"debug", "\"Odd one\""});
  return true;
}

bool make_server(World& world, Piece& piece) {
  const auto wrappers = world.of_kind("wrapper");
  if (wrappers.empty()) return false;
  name_alone(world, piece, "server");
  const Piece& wrapper = *wrappers[world.pick(wrappers.size())];
  const std::size_t type = world.pick(6);
  const std::size_t version = world.pick(4);
  piece.needs.push_back(wrapper.key);
  piece.address = "SERVER " + piece.name;
  piece.text = "CREATE SERVER " + piece.name + (type < 2 ? " TYPE 'kind" : "") +
               (type < 2 ? std::to_string(type) + "'" : "") +
               (version < 3 ? " VERSION '" + std::to_string(version) + "'" : "") +
               " FOREIGN DATA WRAPPER " + wrapper.name + options(world, {"host", "port"});
  return true;
}

bool make_user_mapping(World& world, Piece& piece) {
  const auto servers = world.of_kind("server");
  if (servers.empty()) return false;
  piece.kind = "user mapping";
  const Piece& server = *servers[world.pick(servers.size())];
  const std::string user = world.any(std::vector<std::string>{"PUBLIC", "app_reader", "auditor"});
  if (piece.key.empty()) {
    piece.name = user + " SERVER " + server.name;
    piece.within = server.key;
    piece.key = "mapping " + piece.name;
  }
  piece.needs.push_back(piece.within);
  piece.text = "CREATE USER MAPPING FOR " + piece.name + options(world, {"\"user\"", "account"});
  return true;
}

bool make_foreign_table(World& world, Piece& piece) {
  const auto servers = world.of_kind("server");
  if (servers.empty()) return false;
  name_it(world, piece, "ft");
  piece.kind = "foreign table";
  const Piece& server = *servers[world.pick(servers.size())];
  piece.needs.push_back(server.key);
  piece.key = relation_key(piece.name);
  piece.address = "FOREIGN TABLE " + piece.name;
  piece.text = "CREATE FOREIGN TABLE " + piece.name + " (";
  piece.tail = ") SERVER " + server.name + options(world, {"table_name", "rows"});
  return true;
}

bool make_publication(World& world, Piece& piece) {
  name_alone(world, piece, "publication");
  piece.address = "PUBLICATION " + piece.name;
  const std::size_t form = world.pick(6);
  const std::size_t operations = world.pick(5);
  const bool by_root = world.one_in(3);
  std::vector<std::string> parts;
  std::vector<const Piece*> tables = world.of_kind("table");
  for (const Piece* child : world.of_kind("child")) tables.push_back(child);
  const std::size_t count = form == 0 || tables.empty() ? 0 : 1 + world.pick(2);
  bool columns_listed = false;
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < count; ++i) {
    const Piece& table = *tables[world.pick(tables.size())];
    const std::vector<Field> fields = fields_of(world, table.key);
    const bool columns = world.one_in(3) && !fields.empty() && table.result.empty();
    const bool where = world.one_in(3) && table.result.empty();
    if (std::find(seen.begin(), seen.end(), table.key) != seen.end()) continue;
    seen.push_back(table.key);
    piece.needs.push_back(table.key);
    piece.needs.push_back("permanent " + table.name);
    if (columns) piece.needs.push_back("ordinary " + table.name);
    std::string part = "TABLE ONLY " + table.name;
    if (columns) {
      const Field& field = world.any(fields);
      append(piece.needs, field.needs);
      piece.needs.push_back(aspect(field, "plain"));
      part += " (" + field.sql + ")";
      columns_listed = true;
    }
    // the condition may not speak of types of the schema's own
    std::vector<Field> plain = fields;
    std::erase_if(plain, [](const Field& field) {
      return field.type != "integer" && field.type != "text" && field.type != "date";
    });
    if (where && !plain.empty()) {
      const Field& field = world.any(plain);
      append(piece.needs, field.needs);
      piece.needs.push_back(aspect(field, "plain"));
      piece.needs.push_back(aspect(field, field.type));
      part += " WHERE (" + field.sql + " IS NOT NULL)";
    }
    parts.push_back(part);
  }
  const auto schemas = world.of_kind("schema");
  if (form == 1 && !schemas.empty() && !columns_listed) {
    const Piece& schema = *schemas[world.pick(schemas.size())];
    piece.needs.push_back(schema.key);
    parts.push_back("TABLES IN SCHEMA " + schema.name);
  }
  static const std::vector<std::string> published{"insert", "insert, update", "truncate",
                                                  "insert, update, delete, truncate"};
  std::vector<std::string> with;
  if (operations < published.size()) with.push_back("publish = '" + published[operations] + "'");
  if (by_root) with.push_back("publish_via_partition_root = true");
  piece.text = "CREATE PUBLICATION " + piece.name +
               (form == 0       ? " FOR ALL TABLES"
                : parts.empty() ? ""
                                : " FOR " + join(parts)) +
               (with.empty() ? "" : " WITH (" + join(with) + ")");
  return true;
}

bool make_event_trigger(World& world, Piece& piece) {
  name_alone(world, piece, "event");
  piece.address = "EVENT TRIGGER " + piece.name;
  static const std::vector<std::string> events{
      "ddl_command_end", "ddl_command_start", "sql_drop WHEN TAG IN ('DROP TABLE')",
      "ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE')"};
  const std::string& event = world.any(events);
  const std::size_t mode = world.pick(8);
  const std::string function = "note_" + piece.name;
  piece.text = "CREATE FUNCTION " + function +
               "() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN NULL; END$$";
  piece.after = {"CREATE EVENT TRIGGER " + piece.name + " ON " + event + " EXECUTE FUNCTION " +
                 function + "()"};
  static const std::vector<std::string> modes{"DISABLE", "ENABLE ALWAYS", "ENABLE REPLICA"};
  if (mode < modes.size())
    piece.after.push_back("ALTER EVENT TRIGGER " + piece.name + " " + modes[mode]);
  return true;
}

}  // namespace schemadiff::testing
