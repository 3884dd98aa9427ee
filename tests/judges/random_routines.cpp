// Functions, procedures, aggregates, triggers and policies of random schemas.
#include "tests/judges/random_world.h"

namespace schemadiff::testing {
namespace {

// "LANGUAGE … IMMUTABLE …" of a function.
std::string attributes(World& world, const std::string& volatility) {
  static const std::vector<std::string> extras{" STRICT",
                                               " SECURITY DEFINER",
                                               " PARALLEL SAFE",
                                               " COST 50",
                                               " LEAKPROOF",
                                               " SET work_mem = '8MB'",
                                               " SET search_path = pg_catalog, pg_temp"};
  std::string text = volatility;
  for (const std::string& extra : extras)
    if (world.one_in(6)) text += extra;
  return text;
}

void finish_routine(Piece& piece, const std::string& word, const std::string& types) {
  piece.key = "routine " + piece.name;
  piece.address = word + " " + piece.name + "(" + types + ")";
}

}  // namespace

// Of one argument, and others with defaults: for checks, defaults, indexes and views.
bool make_function(World& world, Piece& piece) {
  name_it(world, piece, "f");
  piece.kind = "function";
  struct Argument {
    std::string type, family;
  };
  static const std::vector<Argument> types{
      {"integer", "number"}, {"integer", "number"}, {"text", "text"}, {"boolean", "boolean"}};
  const Argument argument = world.any(types);
  const bool immutable = !world.one_in(4);
  const bool stable = world.one_in(2);
  const std::size_t language = world.pick(3);
  const std::size_t result = world.pick(3);
  const bool more = world.one_in(4);
  const bool named = world.one_in(2);
  const std::string options = attributes(world, immutable ? " IMMUTABLE" : stable ? " STABLE" : "");
  static const std::vector<std::string> names{"a", "value", "input"};
  const std::string name = world.any(names);
  const std::size_t number = world.pick(5);
  const std::vector<Argument> results{
      {"integer", "number"}, {"text", "text"}, {"boolean", "boolean"}};
  const Argument& returned = results[result];
  const std::string a = named || more || language == 2 ? name : "$1";
  const std::string value =
      result == 0   ? (argument.family == "number" ? a + " + " : "") + std::to_string(number)
      : result == 1 ? a + "::text || '" + std::to_string(number) + "'"
                    : a + " IS NOT NULL";
  std::string list = (a == "$1" ? "" : name + " ") + argument.type;
  if (more) list += ", extra integer DEFAULT " + std::to_string(number);
  piece.text = "CREATE FUNCTION " + piece.name + "(" + list + ") RETURNS " + returned.type;
  if (language == 0) {
    piece.text += " LANGUAGE sql" + options + " AS $$SELECT " + value + "$$";
  } else if (language == 1) {
    piece.text += " LANGUAGE sql" + options + " RETURN " + value;
  } else {
    piece.text +=
        " LANGUAGE plpgsql" + options + " AS $body$\nBEGIN\n  RETURN " + value + ";\nEND\n$body$";
  }
  finish_routine(piece, "FUNCTION", argument.type + (more ? ", integer" : ""));
  piece.argument = argument.family;
  piece.result = returned.family;
  piece.provides = {piece.key + "->" + piece.result};
  if (immutable) piece.provides.push_back(piece.key + "->" + piece.result + " immutable");
  return true;
}

bool make_query_function(World& world, Piece& piece) {
  name_it(world, piece, "q");
  piece.kind = "query function";
  const Piece* relation = stand_on(world, piece, {"table", "child", "view", "materialized view"});
  if (relation == nullptr) return false;
  const std::size_t form = world.pick(5);
  const bool atomic = world.one_in(2);
  const bool stable = world.one_in(2);
  const std::size_t argument = world.pick(4);
  const std::vector<Field> fields = qualified(fields_of(world, piece.within), "r");
  const Sql where = condition(world, fields, false, 1);
  append(piece.needs, where.needs);
  const std::string from = " FROM " + relation->name + " r WHERE " + where.text;
  std::string returns = "bigint";
  std::string query = "SELECT count(*)" + from;
  if (form == 0) {
    returns = "SETOF " + relation->name;
    query = "SELECT r.*" + from;
    for (const Field& field : fields) append(piece.needs, field.needs);
  } else if (form == 1) {
    returns = "TABLE (total bigint, label text)";
    query = "SELECT count(*), 'x'::text" + from;
  } else if (form == 2 && !fields.empty()) {
    const Field& field = world.any(fields);
    append(piece.needs, field.needs);
    returns = "SETOF text";
    query = "SELECT " + field.sql + "::text" + from;
  }
  static const std::vector<std::string> arguments{"", "a integer", "a integer, VARIADIC b text[]",
                                                  "OUT total bigint"};
  static const std::vector<std::string> types{"", "integer", "integer, VARIADIC text[]", ""};
  const bool out = argument == 3 && returns == "bigint";
  const std::size_t list = argument == 3 && !out ? 0 : argument;
  piece.text = "CREATE FUNCTION " + piece.name + "(" + arguments[list] + ")" +
               (out ? "" : " RETURNS " + returns) + " LANGUAGE sql" + (stable ? " STABLE" : "") +
               (returns.starts_with("bigint") ? "" : " ROWS 10") +
               (atomic ? " BEGIN ATOMIC " + query + "; END" : " AS $$" + query + "$$");
  finish_routine(piece, "FUNCTION", types[list]);
  return true;
}

bool make_procedure(World& world, Piece& piece) {
  name_it(world, piece, "p");
  piece.kind = "procedure";
  static const std::vector<std::string> lists{"", "a integer", "a integer, b text DEFAULT 'x'",
                                              "INOUT a integer", "VARIADIC a text[]"};
  static const std::vector<std::string> types{"", "integer", "integer, text", "INOUT integer",
                                              "VARIADIC text[]"};
  const std::size_t form = world.pick(lists.size());
  const bool definer = world.one_in(4);
  const std::size_t body = world.pick(4);
  piece.text = "CREATE PROCEDURE " + piece.name + "(" + lists[form] + ") LANGUAGE plpgsql" +
               (definer ? " SECURITY DEFINER" : "") + " AS $$BEGIN PERFORM " +
               std::to_string(body) + "; END$$";
  finish_routine(piece, "PROCEDURE", types[form]);
  return true;
}

bool make_aggregate(World& world, Piece& piece) {
  name_it(world, piece, "agg");
  piece.kind = "aggregate";
  const bool initial = world.one_in(2);
  const bool own = world.one_in(2);
  const std::size_t step = world.pick(3);
  const std::string state = piece.name + "_state";
  const bool quoted = piece.name.back() == '"';
  if (own && !quoted) {
    piece.text = "CREATE FUNCTION " + state +
                 "(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1 + $2 + " +
                 std::to_string(step);
    piece.after = {"CREATE AGGREGATE " + piece.name + "(integer) (SFUNC = " + state +
                   ", STYPE = integer" + (initial ? ", INITCOND = '0'" : "") + ")"};
  } else {
    piece.text = "CREATE AGGREGATE " + piece.name + "(integer) (SFUNC = int4pl, STYPE = integer" +
                 (initial ? ", INITCOND = '0'" : "") + (step == 0 ? ", COMBINEFUNC = int4pl" : "") +
                 (step == 1 ? ", PARALLEL = SAFE" : "") + ")";
  }
  finish_routine(piece, "AGGREGATE", "integer");
  return true;
}

bool make_trigger_function(World& world, Piece& piece) {
  name_it(world, piece, "tf");
  piece.kind = "trigger function";
  const std::size_t body = world.pick(4);
  const bool definer = world.one_in(5);
  piece.text = "CREATE FUNCTION " + piece.name + "() RETURNS trigger LANGUAGE plpgsql" +
               (definer ? " SECURITY DEFINER" : "") + " AS $$\nBEGIN\n  -- step " +
               std::to_string(body) + "\n  RETURN NEW;\nEND\n$$";
  finish_routine(piece, "FUNCTION", "");
  return true;
}

bool make_trigger(World& world, Piece& piece) {
  piece.kind = "trigger";
  const Piece* relation = stand_on(world, piece, {"table", "child", "view"});
  const auto functions = world.of_kind("trigger function");
  if (relation == nullptr || functions.empty()) return false;
  const Piece& function = *functions[world.pick(functions.size())];
  piece.needs.push_back(function.key);
  static const std::vector<std::string> events{"INSERT", "UPDATE", "DELETE", "INSERT OR UPDATE",
                                               "INSERT OR DELETE OR UPDATE"};
  const std::string event = world.any(events);
  const std::size_t form = world.pick(7);
  const bool argument = world.one_in(3);
  const bool when = world.one_in(3);
  const bool of_column = world.one_in(3);
  const std::size_t enabled = world.pick(12);
  const bool quoted = world.one_in(8);
  if (piece.name.empty()) {
    const std::string number = std::to_string(++world.names);
    piece.name = quoted ? "\"on change " + number + "\"" : "tr" + number;
    piece.key = "trigger " + piece.name;
  }
  piece.address = "TRIGGER " + piece.name + " ON " + relation->name;
  const std::string call =
      " EXECUTE FUNCTION " + function.name + "(" + (argument ? "'x', 1" : "") + ")";
  if (relation->kind == "view") {
    piece.text = "CREATE TRIGGER " + piece.name + " INSTEAD OF " + event + " ON " + relation->name +
                 " FOR EACH ROW" + call;
    return true;
  }
  const std::vector<Field> fields = fields_of(world, piece.within);
  std::string what = event;
  if (of_column && event == "UPDATE" && !fields.empty() && form != 3) {
    const Field& field = world.any(fields);
    append(piece.needs, field.needs);
    what += " OF " + field.sql;
  }
  std::string middle = " ON " + relation->name;
  std::string word = "CREATE TRIGGER ";
  std::string time = form == 0 ? " BEFORE " : " AFTER ";
  if (form == 2 && relation->result.empty()) {
    word = "CREATE CONSTRAINT TRIGGER ";
    middle += " DEFERRABLE INITIALLY DEFERRED";
  }
  if (form == 3 && event == "UPDATE" && relation->kind == "table")
    middle += " REFERENCING OLD TABLE AS before NEW TABLE AS later";
  middle += form == 3 || form == 4 ? " FOR EACH STATEMENT" : " FOR EACH ROW";
  if (when && form != 3 && form != 4 && (event == "UPDATE" || event == "INSERT")) {
    std::vector<Field> stored = fields;
    for (Field& field : stored) field.needs.push_back(aspect(field, "plain"));
    const Sql made = condition(world, qualified(stored, "NEW"), false, 1);
    append(piece.needs, made.needs);
    middle += " WHEN (" + made.text + ")";
  }
  piece.text = word + piece.name + time + what + middle + call;
  if (form != 3 && form != 4) piece.provides.push_back("rows of " + piece.key);
  static const std::vector<std::string> modes{"DISABLE", "ENABLE ALWAYS", "ENABLE REPLICA"};
  if (enabled < modes.size())
    piece.after = {"ALTER TABLE " + relation->name + " " + modes[enabled] + " TRIGGER " +
                   piece.name};
  return true;
}

namespace {

std::string state_key(const Piece& trigger, const Piece& partition) {
  return "state of " + trigger.key + " in " + partition.key;
}

}  // namespace

// When a trigger of a partitioned table fires in one of its partitions.
bool make_trigger_state(World& world, Piece& piece) {
  piece.kind = "trigger state";
  std::vector<std::pair<const Piece*, const Piece*>> places;
  for (const Piece* trigger : world.of_kind("trigger"))
    for (const Piece* partition : world.of_kind("partition"))
      if (trigger->within == partition->within &&
          trigger->text.find(" FOR EACH ROW") != std::string::npos &&
          (piece.key.empty() || piece.key == state_key(*trigger, *partition)))
        places.emplace_back(trigger, partition);
  if (places.empty()) return false;
  const auto [trigger, partition] = places[world.pick(places.size())];
  static const std::vector<std::string> modes{"DISABLE", "ENABLE", "ENABLE ALWAYS",
                                              "ENABLE REPLICA"};
  const std::string mode = world.any(modes);
  piece.key = state_key(*trigger, *partition);
  piece.within = partition->key;
  piece.needs = {"rows of " + trigger->key, partition->key + " of " + partition->within};
  piece.text = "ALTER TABLE " + partition->name + " " + mode + " TRIGGER " + trigger->name;
  return true;
}

bool make_policy(World& world, Piece& piece) {
  piece.kind = "policy";
  const Piece* table = stand_on(world, piece, {"table", "child", "partition"});
  if (table == nullptr) return false;
  if (piece.name.empty()) {
    piece.name = "pol" + std::to_string(++world.names);
    piece.key = "policy " + piece.name;
  }
  piece.address = "POLICY " + piece.name + " ON " + table->name;
  static const std::vector<std::string> commands{
      "", " FOR ALL", " FOR SELECT", " FOR INSERT", " FOR UPDATE", " FOR DELETE"};
  static const std::vector<std::string> roles{"", " TO PUBLIC", " TO app_reader",
                                              " TO app_writer, app_reader"};
  const std::string& command = world.any(commands);
  const bool restrictive = world.one_in(4);
  const std::string& role = world.any(roles);
  const bool check = world.one_in(2);
  const bool sub_query = world.one_in(5);
  const std::vector<Field> fields = fields_of(world, piece.within);
  Sql made = condition(world, fields, false, 1);
  const Sql second = condition(world, fields, false, 1);
  append(piece.needs, made.needs);
  if (sub_query) made.text = "EXISTS (SELECT 1 FROM " + table->name + ") AND (" + made.text + ")";
  piece.text = "CREATE POLICY " + piece.name + " ON " + table->name +
               (restrictive ? " AS RESTRICTIVE" : "") + command + role;
  if (command != " FOR INSERT") piece.text += " USING (" + made.text + ")";
  if (command == " FOR INSERT" || (check && command != " FOR SELECT" && command != " FOR DELETE")) {
    append(piece.needs, second.needs);
    piece.text += " WITH CHECK (" + second.text + ")";
  }
  return true;
}

}  // namespace schemadiff::testing
