// Triggers that somebody created; not those of foreign keys, nor clones on partitions.
#include <algorithm>

#include "schema/introspect/readers.h"

namespace schemadiff::schema::introspection {
namespace {

// Bits of pg_trigger.tgtype (TRIGGER_TYPE_…).
constexpr int kRow = 1, kBefore = 2, kInsert = 4, kDelete = 8, kUpdate = 16, kTruncate = 32,
              kInsteadOf = 64;

int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

// tgargs: strings that end in a zero byte each, printed as \x and hexadecimal digits.
std::vector<std::string> trigger_arguments(std::string_view hex) {
  std::vector<std::string> arguments;
  std::string argument;
  for (std::size_t i = 2; i + 1 < hex.size(); i += 2) {
    char c = static_cast<char>(hex_digit(hex[i]) * 16 + hex_digit(hex[i + 1]));
    if (c == '\0') {
      arguments.push_back(argument);
      argument.clear();
    } else {
      argument += c;
    }
  }
  return arguments;
}

// The condition in CREATE TRIGGER … WHEN (…) EXECUTE FUNCTION …; names before it may be anything in
// quotes.
std::string condition_of(std::string_view definition) {
  constexpr std::string_view kWhen = " WHEN (";
  bool quoted = false;
  for (std::size_t i = 0; i < definition.size(); ++i) {
    if (definition[i] == '"') quoted = !quoted;
    if (quoted || !definition.substr(i).starts_with(kWhen)) continue;
    std::size_t open = i + kWhen.size() - 1;
    return std::string(
        definition.substr(open + 1, closing_parenthesis(definition, open) - open - 1));
  }
  return {};
}

}  // namespace

void read_triggers(Rows& rows, Reading& reading) {
  while (rows.next()) {
    Oid oid = rows.oid();
    Oid table = rows.oid();
    const RelationRow* relation = reading.relation(table);
    if (!relation) continue;
    Trigger trigger;
    trigger.id = child_id(Kind::Trigger, relation->name, rows.text());
    trigger.function = at(reading.functions, rows.oid());
    int type = rows.number();
    trigger.timing = (type & kInsteadOf) ? "INSTEAD OF" : (type & kBefore) ? "BEFORE" : "AFTER";
    trigger.for_each_row = (type & kRow) != 0;
    trigger.on_insert = (type & kInsert) != 0;
    trigger.on_update = (type & kUpdate) != 0;
    trigger.on_delete = (type & kDelete) != 0;
    trigger.on_truncate = (type & kTruncate) != 0;
    trigger.enabled = rows.letter();
    trigger.constraint = rows.flag();
    trigger.deferrable = rows.flag();
    trigger.initially_deferred = rows.flag();
    trigger.constraint_table = at(reading.relations, rows.oid()).name;
    trigger.update_columns = reading.column_names(table, rows.numbers());
    trigger.arguments = trigger_arguments(rows.view());
    trigger.old_table = rows.text();
    trigger.new_table = rows.text();
    trigger.when.sql = condition_of(rows.view());
    reading.describe(trigger, {catalogs::kTrigger, oid});
    add(reading.catalog.triggers, std::move(trigger));
  }
}

void read_triggers_in_partitions(Rows& rows, Reading& reading) {
  while (rows.next()) {
    const RelationRow* table = reading.relation(rows.oid());
    if (!table) continue;
    const auto trigger =
        reading.catalog.triggers.find(child_id(Kind::Trigger, table->name, rows.text()));
    const RelationRow* partition = reading.relation(rows.oid());
    if (trigger == reading.catalog.triggers.end() || !partition) continue;
    auto& states = trigger->second.partition_states;
    PartitionState state{partition->name, rows.letter()};
    states.insert(std::ranges::lower_bound(states, state), std::move(state));
  }
}

}  // namespace schemadiff::schema::introspection
