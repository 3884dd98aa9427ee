// Attribute values as people read them in reports and JSON: short and exact. Nothing shows as "".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/attribute.h"
#include "schema/catalog.h"

namespace schemadiff::schema {

std::string show(bool value);
std::string show(int value);
std::string show(double value);
std::string show(const std::string& value);
std::string show(const QualifiedName& name);
std::string show(const TypeName& type);
std::string show(const Expr& expression);
std::string show(const PartitionState& state);
std::string show(const Options& options);
std::string show(const Grant& grant);  // "app: SELECT", "owner: UPDATE (grantable)"
std::string show(const ColumnAcl& column);  // "id (app: SELECT)"
std::string show(const SecurityLabel& label);  // "provider: label"
std::string show(const SequenceOptions& options);
std::string show(const OwnedBy& owned_by);
std::string show(const ReplicaIdentity& identity);
std::string show(const KeyElement& element);
std::string show(const PartitionKey& key);
std::string show(const IndexElement& element);
std::string show(const Argument& argument);
std::string show(const CompositeAttribute& column);
std::string show(const DomainConstraint& constraint);
std::string show(const ViewColumn& column);
std::string show(const FamilyMember& member);
std::string show(const TextSearchMapping& mapping);
std::string show(const PublishedTable& table);
std::string show(const ObjectId& id);

// "app: INSERT, SELECT; public: SELECT"
std::string show(const std::vector<Grant>& grants);

// The meaning of a one-letter code of the catalog for the attribute of that name: ("volatility",
// 'i') is "immutable". A letter without a known meaning shows as itself, '\0' as "".
std::string show_code(std::string_view attribute, char code);

template <class T>
std::string show(const std::optional<T>& value) {
  return value ? show(*value) : std::string();
}

template <class T>
std::string show(const Rare<T>& value) {
  return show(*value);
}

template <class T>
std::string show(const std::vector<T>& values) {
  std::string out;
  for (const T& value : values) {
    if (!out.empty()) out += ", ";
    out += show(value);
  }
  return out;
}

// The value of the attribute in the object.
template <class T, class M>
std::string show(const Attribute<T, M>& attribute, const T& object) {
  if constexpr (std::is_same_v<M, char>)
    return show_code(attribute.name, object.*attribute.member);
  else
    return show(object.*attribute.member);
}

}  // namespace schemadiff::schema
