// Mutates one attribute of an object in a catalog, by the attribute tables.
#include <functional>
#include <iterator>
#include <type_traits>

#include "schema/attribute.h"
#include "schema/dump.h"
#include "schema/rare.h"
#include "tests/judges/mutant.h"
#include "tests/support/sql_text.h"

namespace schemadiff::testing {
namespace {

using schema::Catalog;

// Near values, by type; false where there is none.
bool edit(bool& value, std::mt19937&) {
  value = !value;
  return true;
}
bool edit(std::string& value, std::mt19937&) {
  value += value.empty() ? "x" : "1";
  return true;
}
bool edit(schema::Expr& value, std::mt19937& random) {
  const auto mutated = mutate_expression(value.sql, random);
  if (mutated) value.sql = *mutated;
  return mutated.has_value();
}
bool edit(schema::SequenceOptions& value, std::mt19937& random) {
  switch (random() % 5) {
    case 0:
      value.increment += 1;
      break;
    case 1:
      value.cycle = !value.cycle;
      break;
    case 2:
      value.cache += 4;
      break;
    case 3:
      value.max -= 1;
      break;
    default:
      value.start += 1;
  }
  return true;
}
bool edit(std::pair<std::string, std::string>& value, std::mt19937& random) {
  return edit(value.second, random);
}
bool edit(schema::Grant& value, std::mt19937&) {
  value.grantable = !value.grantable;
  return true;
}
bool edit(schema::IndexElement& value, std::mt19937& random) {
  if (!value.expression.empty() && random() % 2 == 0) return edit(value.expression.edit(), random);
  return edit(random() % 2 == 0 ? value.descending : value.nulls_first, random);
}
bool edit(schema::DomainConstraint& value, std::mt19937& random) {
  return random() % 2 == 0 ? edit(value.check, random) : edit(value.comment, random);
}
bool edit(schema::CompositeAttribute& value, std::mt19937& random) {
  return random() % 2 == 0 ? edit(value.name, random) : edit(value.comment, random);
}
template <class T>
requires std::is_arithmetic_v<T>
bool edit(T& value, std::mt19937&) {
  value = static_cast<T>(value + 1);
  return true;
}
template <class T>
bool edit(T&, std::mt19937&) {
  return false;
}
template <class T>
bool edit(schema::Rare<T>& value, std::mt19937& random) {
  T inner = *value;
  const bool edited = edit(inner, random);
  value = std::move(inner);
  return edited;
}
template <class T>
bool edit_list(T& list, std::mt19937& random) {
  if (list.empty()) return false;
  const auto place = list.begin() + static_cast<std::ptrdiff_t>(random() % list.size());
  switch (random() % 3) {
    case 0:
      list.erase(place);
      return true;
    case 1:
      std::iter_swap(list.begin(), place);
      return place != list.begin();
    default:
      return edit(*place, random);
  }
}
template <class T>
bool edit(std::vector<T>& list, std::mt19937& random) {
  return edit_list(list, random);
}
bool edit(schema::Options& list, std::mt19937& random) { return edit_list(list, random); }

template <class M>
bool change(M& value, const M& donor, std::mt19937& random) {
  const M before = value;
  switch (random() % 4) {
    case 0:
      value = M{};
      break;
    case 1:
      value = donor;
      break;
    default:
      if (!edit(value, random)) value = donor;
  }
  return !(value == before);
}

// An attribute of a kind; changes it in a random object of the catalog.
struct Site {
  std::string name;
  std::function<bool(Catalog&, const Catalog& donor, std::mt19937&)> change;
};

template <class Map>
auto* any_of(Map& map, std::mt19937& random) {
  return map.empty() ? nullptr : &std::next(map.begin(), random() % map.size())->second;
}

template <class T, class M>
Site site(const std::string& name, M T::*member) {
  return {name, [member](Catalog& catalog, const Catalog& donor, std::mt19937& random) {
            T* object = any_of(schema::map_of<T>(catalog), random);
            const T* other = any_of(schema::map_of<T>(donor), random);
            return object && change(object->*member, other ? other->*member : M{}, random);
          }};
}

const schema::Column* any_column(const schema::Table* table, std::mt19937& random) {
  return table && !table->columns.empty() ? &table->columns[random() % table->columns.size()]
                                          : nullptr;
}

template <class M>
Site column_site(const std::string& name, M schema::Column::*member) {
  return {name, [member](Catalog& catalog, const Catalog& donor, std::mt19937& random) {
            auto* table = any_of(catalog.tables, random);
            auto* column = const_cast<schema::Column*>(any_column(table, random));
            const auto* other = any_column(any_of(donor.tables, random), random);
            return column && change(column->*member, other ? other->*member : M{}, random);
          }};
}

template <class T>
void add_sites(const Catalog& catalog, std::vector<Site>& sites) {
  if (schema::map_of<T>(catalog).empty()) return;
  const std::string kind(schema::kind_label(T::kKind));
  schema::for_each_attribute<T>([&](const auto& attribute) {
    sites.push_back(site<T>(kind + ", " + std::string(attribute.name), attribute.member));
  });
  sites.push_back(site<T>(kind + ", comment", static_cast<std::string T::*>(&T::comment)));
  sites.push_back(
      site<T>(kind + ", privileges", static_cast<std::vector<schema::Grant> T::*>(&T::acl)));
  sites.push_back(
      site<T>(kind + ", column privileges",
              static_cast<schema::Rare<std::vector<schema::ColumnAcl>> T::*>(&T::column_acls)));
}

std::vector<Site> sites_of(const Catalog& catalog) {
  std::vector<Site> sites;
#define KIND(name, map, label, keyword) add_sites<schema::name>(catalog, sites);
#include "schema/kinds.def"
  if (!catalog.tables.empty())
    schema::for_each_attribute<schema::Column>([&](const auto& attribute) {
      sites.push_back(column_site("column, " + std::string(attribute.name), attribute.member));
    });
  return sites;
}

// No server has such a catalog, and no file can say it.
bool has_partition_of_itself(const Catalog& catalog) {
  for (const auto& [id, table] : catalog.tables) {
    std::size_t depth = 0;
    for (const auto* at = &table; at; at = catalog.table(at->partition_of))
      if (++depth > catalog.tables.size()) return true;
  }
  return false;
}

}  // namespace

std::optional<Mutant> mutate_attribute(const Catalog& catalog, const Catalog& donor,
                                       const std::vector<std::string>& statements,
                                       std::mt19937& random) {
  const std::vector<Site> sites = sites_of(catalog);
  if (sites.empty()) return std::nullopt;
  const Site& site = sites[random() % sites.size()];
  Catalog mutated = catalog;
  if (!site.change(mutated, random() % 2 == 0 ? donor : catalog, random)) return std::nullopt;
  if (has_partition_of_itself(mutated)) return std::nullopt;
  std::vector<std::string> after = split_statements(schema::dump(mutated));
  const auto [first, after_first] =
      std::mismatch(statements.begin(), statements.end(), after.begin(), after.end());
  if (first == statements.end() && after_first == after.end()) return std::nullopt;
  const auto [last, after_last] = std::mismatch(statements.rbegin(), std::reverse_iterator(first),
                                                after.rbegin(), std::reverse_iterator(after_first));
  Mutant mutant{site.name,
                static_cast<std::size_t>(first - statements.begin()),
                static_cast<std::size_t>(last.base() - statements.begin()),
                {after_first, after_last.base()}};
  mutant.what += " in";
  for (auto statement = first; statement != last.base(); ++statement)
    mutant.what += "\n  " + statement->substr(0, 2000);
  mutant.what += "\n  now";
  for (const std::string& statement : mutant.statements)
    mutant.what += "\n  " + statement.substr(0, 2000);
  return mutant;
}

}  // namespace schemadiff::testing
