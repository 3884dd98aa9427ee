// Puts random pieces together: a schema, and the same after a few changes.
#include "tests/judges/random_schema.h"

#include <algorithm>
#include <set>

#include "tests/judges/random_world.h"

namespace schemadiff::testing {
namespace {

using Keys = std::set<std::string>;

bool all_in(const std::vector<std::string>& needs, const Keys& keys) {
  return std::all_of(needs.begin(), needs.end(),
                     [&](const std::string& need) { return keys.contains(need); });
}

void provide(const Piece& piece, Keys& keys) {
  keys.insert(piece.key);
  keys.insert(piece.provides.begin(), piece.provides.end());
  if (!piece.address.empty()) keys.insert("at " + piece.address);
}

bool is_column(const Piece& piece) { return piece.kind == "column"; }

// Takes out the pieces whose needs no piece provides, and what needs those.
void drop_unmet(std::vector<const Piece*>& pieces) {
  for (bool changed = true; changed;) {
    Keys keys;
    for (const Piece* piece : pieces) provide(*piece, keys);
    changed = std::erase_if(pieces, [&](const Piece* piece) {
                return !all_in(piece->needs, keys) ||
                       (is_column(*piece) && !keys.contains(piece->within));
              }) > 0;
  }
}

std::string create_sql(const Piece& piece, const std::vector<const Piece*>& columns) {
  std::string text = piece.text;
  std::string after;
  for (const Piece* column : columns) {
    text += (text.back() == '(' ? "" : ", ") + column->text;
    for (const std::string& statement : column->after) after += statement + ";\n";
  }
  text += piece.tail + ";\n";
  for (const std::string& statement : piece.after) text += statement + ";\n";
  return text + after;
}

// Statements about what all others may change come last.
int rank(const Piece& piece) {
  if (piece.kind == "owned") return 1;
  if (piece.kind == "owner") return 2;
  return piece.kind == "grant" || piece.kind == "default privileges" ? 3 : 0;
}

}  // namespace

std::string sql_of(const Schema& schema) {
  std::vector<const Piece*> left;
  for (const Piece& piece : schema) left.push_back(&piece);
  drop_unmet(left);
  std::stable_sort(left.begin(), left.end(),
                   [](const Piece* a, const Piece* b) { return rank(*a) < rank(*b); });
  std::string text;
  Keys keys;
  const auto ready = [&](const Piece* piece) {
    return !is_column(*piece) && all_in(piece->needs, keys);
  };
  for (;;) {
    // A column may need what another column of its table provides: its expression does.
    const auto columns_of = [&](const Piece* table) {
      std::vector<const Piece*> columns;
      for (const Piece* piece : left)
        if (is_column(*piece) && piece->within == table->key) columns.push_back(piece);
      return columns;
    };
    const auto next = std::find_if(left.begin(), left.end(), [&](const Piece* piece) {
      if (!ready(piece)) return false;
      Keys with = keys;
      for (const Piece* column : columns_of(piece)) provide(*column, with);
      provide(*piece, with);
      const auto columns = columns_of(piece);
      return std::all_of(columns.begin(), columns.end(),
                         [&](const Piece* column) { return all_in(column->needs, with); });
    });
    if (next == left.end()) return text;
    const Piece* piece = *next;
    const auto columns = columns_of(piece);
    text += create_sql(*piece, columns);
    provide(*piece, keys);
    for (const Piece* column : columns) provide(*column, keys);
    std::erase_if(left, [&](const Piece* other) {
      return other == piece || std::find(columns.begin(), columns.end(), other) != columns.end();
    });
  }
}

namespace {

struct Share {
  Maker maker;
  int weight;
};

// In the order in which a schema is first filled.
const std::vector<Share>& shares() {
  static const std::vector<Share> list{{make_schema, 2},
                                       {make_collation, 1},
                                       {make_operator_class, 1},
                                       {make_operator, 1},
                                       {make_conversion, 1},
                                       {make_dictionary, 1},
                                       {make_configuration, 1},
                                       {make_wrapper, 1},
                                       {make_server, 1},
                                       {make_user_mapping, 1},
                                       {make_foreign_table, 1},
                                       {make_enum, 2},
                                       {make_domain, 2},
                                       {make_composite, 1},
                                       {make_typed_table, 1},
                                       {make_cast, 1},
                                       {make_range, 1},
                                       {make_sequence, 2},
                                       {make_function, 3},
                                       {make_table, 4},
                                       {make_child, 1},
                                       {make_column, 16},
                                       {make_partition, 3},
                                       {make_primary_key, 4},
                                       {make_unique, 2},
                                       {make_check, 3},
                                       {make_foreign_key, 4},
                                       {make_exclusion, 1},
                                       {make_index, 5},
                                       {make_replica_identity, 1},
                                       {make_view, 5},
                                       {make_materialized_view, 2},
                                       {make_query_function, 2},
                                       {make_procedure, 1},
                                       {make_aggregate, 1},
                                       {make_trigger_function, 2},
                                       {make_trigger, 3},
                                       {make_trigger_state, 1},
                                       {make_row_security, 1},
                                       {make_policy, 2},
                                       {make_owned_by, 1},
                                       {make_statistics, 2},
                                       {make_toast_option, 1},
                                       {make_rule, 2},
                                       {make_publication, 1},
                                       {make_event_trigger, 1},
                                       {make_comment, 4},
                                       {make_grant, 3},
                                       {make_owner, 2},
                                       {make_default_privileges, 1}};
  return list;
}

Maker any_maker(World& world) {
  int total = 0;
  for (const Share& share : shares()) total += share.weight;
  int choice = static_cast<int>(world.random() % static_cast<unsigned>(total));
  for (const Share& share : shares()) {
    if (choice < share.weight) return share.maker;
    choice -= share.weight;
  }
  return make_table;
}

void fill(World& world, unsigned size) {
  for (const Share& share : shares()) {
    const unsigned count =
        world.random() % (2 * static_cast<unsigned>(share.weight) * size / 4 + 1);
    for (unsigned i = 0; i < count; ++i) add(world, share.maker);
  }
}

// Two pieces of a sort take each other's form, as if their names were exchanged.
void exchange(World& world, std::size_t number) {
  std::vector<std::size_t> likes;
  for (std::size_t i = 0; i < world.pieces.size(); ++i)
    if (i != number && world.pieces[i].maker == world.pieces[number].maker) likes.push_back(i);
  if (likes.empty()) return;
  const std::size_t other = likes[world.random() % likes.size()];
  std::swap(world.pieces[number].tape, world.pieces[other].tape);
  remake(world, number);
  remake(world, other);
}

void change(World& world) {
  const std::size_t number = world.random() % world.pieces.size();
  Piece& piece = world.pieces[number];
  if (piece.maker == nullptr) return;
  switch (world.random() % 9) {
    case 0:
    case 1: {
      const std::string key = piece.key;
      std::erase_if(world.pieces, [&](const Piece& other) { return other.key == key; });
      break;
    }
    case 2:
    case 3:
    case 4:
      add(world, any_maker(world));
      break;
    case 5:
      exchange(world, number);
      break;
    default:
      if (piece.tape.empty()) return;
      piece.tape[world.random() % piece.tape.size()] = world.random();
      remake(world, number);
  }
  // New columns stand at any place.
  if (!world.pieces.empty() && is_column(world.pieces.back()) && world.random() % 2 == 0)
    std::rotate(world.pieces.begin(), world.pieces.end() - 1, world.pieces.end());
}

void state_owner_of_sequence(const Piece& owned, Schema& schema) {
  // a piece of that key may be there whose column is not
  if (sql_of(schema).find("ALTER SEQUENCE " + owned.name + " OWNED BY ") != std::string::npos)
    return;
  Piece stated;
  stated.kind = "owner";
  stated.key = "owner " + owned.within;
  stated.needs = {owned.within};
  stated.text = "ALTER SEQUENCE " + owned.name + " OWNER TO postgres";
  schema.push_back(stated);
}

// A side that is silent about an owner leaves it as it is: who is the owner is said on both sides.
// A sequence has the owner of the table that it belongs to, and keeps it.
void state_owners(const Schema& other, Schema& schema) {
  for (const Piece& piece : other) {
    if (piece.kind == "owned") {
      state_owner_of_sequence(piece, schema);
      continue;
    }
    if (piece.kind != "owner") continue;
    if (std::any_of(schema.begin(), schema.end(),
                    [&](const Piece& own) { return own.key == piece.key; }))
      continue;
    schema.push_back(piece);
    schema.back().text = "ALTER " + piece.within + " OWNER TO postgres";
  }
}

}  // namespace

SchemaPair random_pair(unsigned seed) {
  World world;
  world.random.seed(seed);
  fill(world, 1 + seed % 5);
  const bool unrelated = seed % 4 == 0;
  const bool manages_privileges = world.random() % 2 == 0;
  if (!manages_privileges) {
    std::erase_if(world.pieces, [](const Piece& piece) { return rank(piece) > 1; });
  } else {
    // What no side states is not compared: both state something.
    Piece stated;
    stated.kind = "anchor";
    stated.key = "anchor";
    stated.text = "CREATE SCHEMA managed AUTHORIZATION app_owner";
    stated.after = {"GRANT USAGE ON SCHEMA managed TO app_reader"};
    world.pieces.push_back(stated);
  }
  SchemaPair pair;
  pair.from = world.pieces;
  if (unrelated) {
    World other;
    other.random = world.random;
    if (manages_privileges) other.pieces = {pair.from.back()};
    fill(other, 1 + seed % 5);
    world.pieces = std::move(other.pieces);
  } else {
    const unsigned changes = 1 + world.random() % 6;
    for (unsigned i = 0; i < changes && !world.pieces.empty(); ++i) change(world);
  }
  if (!manages_privileges)
    std::erase_if(world.pieces, [](const Piece& piece) { return rank(piece) > 1; });
  pair.to = world.pieces;
  if (manages_privileges) {
    const Schema before = pair.from;
    state_owners(pair.to, pair.from);
    state_owners(before, pair.to);
  }
  return pair;
}

}  // namespace schemadiff::testing
