#include "engine/sync_trigger.h"

#include <fmt/format.h>

#include <algorithm>

#include "schema/object_names.h"
#include "schema/quote.h"

namespace schemadiff::engine {

using namespace schema;

namespace {

// Triggers fire in the order of their names: ours sees what all others have made of the row.
constexpr std::string_view kPrefix = "zz_schemadiff_sync_";

// Types without an equality operator, and those of users, of which we do not know.
bool compares_as_text(const TypeName& type) {
  constexpr std::string_view kNone[] = {"json", "xml",  "point",   "line",  "lseg",
                                        "box",  "path", "polygon", "circle"};
  const std::string_view base = std::string_view(type.sql).substr(0, type.sql.find('['));
  return base.find('.') != std::string_view::npos ||
         std::find(std::begin(kNone), std::end(kNone), base) != std::end(kNone);
}

}  // namespace

std::string sync_name(const QualifiedName& table, std::string_view new_column) {
  return distinct_name(std::string(kPrefix) + table.name + '_' + std::string(new_column));
}

std::array<ObjectId, 2> sync_objects_of(const ObjectId& column) {
  const std::string name = sync_name({column.schema, column.parent}, column.name);
  return {ObjectId{Kind::Trigger, column.schema, column.parent, name, {}},
          ObjectId{Kind::Routine, column.schema, {}, name, {}}};
}

bool is_sync_name(std::string_view name) { return name.starts_with(kPrefix); }

std::string distinct_sql(const std::string& a, const std::string& b, const TypeName& type) {
  const std::string cast = compares_as_text(type) ? "::pg_catalog.text" : "";
  return a + cast + " IS DISTINCT FROM " + b + cast;
}

namespace {

std::string one_way(const SyncTrigger& trigger) {
  return "  NEW." + quote_identifier(trigger.new_column) + " := " + trigger.to_new + ";";
}

std::string both_ways(const SyncTrigger& trigger) {
  const std::string old_column = quote_identifier(trigger.old_column);
  const std::string new_column = quote_identifier(trigger.new_column);
  return fmt::format(R"(  IF TG_OP = 'INSERT' THEN
    IF NEW.{new_column} IS NULL THEN
      NEW.{new_column} := {to_new};
    ELSE
      NEW.{old_column} := {to_old};
    END IF;
  ELSIF {old_changed} THEN
    NEW.{new_column} := {to_new};
  ELSIF {new_changed} THEN
    NEW.{old_column} := {to_old};
  END IF;)",
                     fmt::arg("old_column", old_column), fmt::arg("new_column", new_column),
                     fmt::arg("to_new", trigger.to_new), fmt::arg("to_old", trigger.to_old),
                     fmt::arg("old_changed", distinct_sql("NEW." + old_column, "OLD." + old_column,
                                                          trigger.old_type)),
                     fmt::arg("new_changed", distinct_sql("NEW." + new_column, "OLD." + new_column,
                                                          trigger.new_type)));
}

// What a cast of times means follows from settings: for every session those of the plan's.
std::string settings(const SyncTrigger& trigger) {
  const auto is_time = [](const TypeName& type) {
    return type.sql.starts_with("time") || type.sql.starts_with("date");
  };
  return trigger.old_type != trigger.new_type &&
                 (is_time(trigger.old_type) || is_time(trigger.new_type))
             ? " SET TimeZone FROM CURRENT SET DateStyle FROM CURRENT"
             : "";
}

}  // namespace

Statements create_sql(const SyncTrigger& trigger) {
  const std::string name = sync_name(trigger.table, trigger.new_column);
  const std::string function = quote_qualified({trigger.table.schema, name});
  return {fmt::format(R"(CREATE FUNCTION {}() RETURNS trigger
    LANGUAGE plpgsql SET search_path = ''{}
    AS $schemadiff$
BEGIN
{}
  RETURN NEW;
END
$schemadiff$)",
                      function, settings(trigger),
                      trigger.to_old.empty() ? one_way(trigger) : both_ways(trigger)),
          "CREATE TRIGGER " + quote_identifier(name) + " BEFORE INSERT OR UPDATE ON " +
              quote_qualified(trigger.table) + " FOR EACH ROW EXECUTE FUNCTION " + function + "()"};
}

Statements drop_sql(const SyncTrigger& trigger) {
  const std::string name = sync_name(trigger.table, trigger.new_column);
  Statements sql;
  if (trigger.partitioned) sql.push_back(lock_before_drop(trigger.table));
  sql.push_back("DROP TRIGGER " + quote_identifier(name) + " ON " + quote_qualified(trigger.table));
  sql.push_back("DROP FUNCTION " + quote_qualified({trigger.table.schema, name}) + "()");
  return sql;
}

std::string lock_before_drop(const QualifiedName& table) {
  // in a block of its own it can be run, to no avail, where there is no transaction
  return "DO $schemadiff$ BEGIN LOCK TABLE " + quote_qualified(table) +
         " IN ACCESS EXCLUSIVE MODE; END $schemadiff$";
}

}  // namespace schemadiff::engine
