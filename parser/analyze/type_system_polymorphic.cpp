// What polymorphic arguments and results stand for in a call (parse_coerce.c,
// enforce_generic_type_consistency).
#include <optional>

#include "parser/analyze/type_system_coercion.h"
#include "parser/analyze/type_system_tables.h"

namespace schemadiff::parser {
namespace {

using namespace types;

// anyelement and its relatives all stand for one element type; anycompatible and its relatives for
// a common type of theirs.
struct Family {
  int arguments = 0;
  bool unknowns = false;
  bool nonarray = false, is_enum = false;
  TypeId element, array, range, multirange;
};

class Matcher {
 public:
  explicit Matcher(const TypeSystem& system) : system_(system) {}

  // False: the arguments contradict each other.
  bool take(TypeId actual, TypeId declared) {
    switch (declared.oid) {
      case kAnyNonArray.oid:
      case kAnyEnum.oid:
        (declared == kAnyEnum ? simple_.is_enum : simple_.nonarray) = true;
        [[fallthrough]];
      case kAnyElement.oid:
        return known(simple_, actual) ? same(simple_.element, actual) : true;
      case kAnyArray.oid:
        return known(simple_, actual) ? same(simple_.array, system_.base(actual)) : true;
      case kAnyRange.oid:
        return known(simple_, actual) ? same(simple_.range, system_.base(actual)) : true;
      case kAnyMultirange.oid:
        return known(simple_, actual) ? same(simple_.multirange, system_.base(actual)) : true;
      case kAnyCompatibleNonArray.oid:
        compatible_.nonarray = true;
        [[fallthrough]];
      case kAnyCompatible.oid:
        if (known(compatible_, actual)) common_.push_back(actual);
        return true;
      case kAnyCompatibleArray.oid:
        if (!known(compatible_, actual)) return true;
        return element_joins(system_.array_element(actual));
      case kAnyCompatibleRange.oid:
        if (!known(compatible_, actual)) return true;
        return same(compatible_.range, system_.base(actual)) &&
               element_joins(subtype(compatible_.range));
      case kAnyCompatibleMultirange.oid:
        if (!known(compatible_, actual)) return true;
        return same(compatible_.multirange, system_.base(actual)) &&
               element_joins(subtype(range_of(compatible_.multirange)));
      default:
        return true;
    }
  }

  // Draws the conclusions; false at a contradiction. `strict`: what is still unknown is one too.
  bool conclude(bool strict, bool any_array_alone) {
    return conclude_simple(strict, any_array_alone) && conclude_compatible(strict);
  }

  // What the declared type stands for; none when that cannot be told.
  TypeId stands_for(TypeId declared) const {
    switch (declared.oid) {
      case kAnyElement.oid:
      case kAnyNonArray.oid:
      case kAnyEnum.oid:
        return simple_.element;
      case kAnyArray.oid:
        return simple_.array ? simple_.array : system_.info(simple_.element).array;
      case kAnyRange.oid:
        return simple_.range;
      case kAnyMultirange.oid:
        return simple_.multirange ? simple_.multirange : system_.info(simple_.range).multirange;
      case kAnyCompatible.oid:
      case kAnyCompatibleNonArray.oid:
        return compatible_.element;
      case kAnyCompatibleArray.oid:
        return system_.info(compatible_.element).array;
      case kAnyCompatibleRange.oid:
        return compatible_.range;
      case kAnyCompatibleMultirange.oid:
        return compatible_.multirange ? compatible_.multirange
                                      : system_.info(compatible_.range).multirange;
      default:
        return declared;
    }
  }

 private:
  static bool known(Family& family, TypeId actual) {
    ++family.arguments;
    if (actual != kUnknown) return true;
    family.unknowns = true;
    return false;
  }

  static bool same(TypeId& slot, TypeId actual) {
    if (slot && slot != actual) return false;
    slot = actual;
    return true;
  }

  bool element_joins(TypeId element) {
    if (!element) return false;
    common_.push_back(element);
    return true;
  }

  TypeId subtype(TypeId range) const {
    const TypeInfo& info = system_.info(range);
    return info.typtype == 'r' ? info.subtype : TypeId{};
  }

  TypeId range_of(TypeId multirange) const {
    const TypeInfo& info = system_.info(multirange);
    return info.typtype == 'm' ? info.subtype : TypeId{};
  }

  bool link_range(Family& family) const {
    if (!family.multirange) return true;
    TypeId range = range_of(family.multirange);
    return range && same(family.range, range);
  }

  bool conclude_simple(bool strict, bool any_array_alone) {
    Family& f = simple_;
    if (f.arguments == 0) return true;
    if (f.array == kAnyArray) {
      if (strict && !any_array_alone) return false;
      if (!f.element) f.element = kAnyElement;
    } else if (f.array) {
      TypeId element = system_.info(f.array).true_array ? system_.info(f.array).element : TypeId{};
      if (!element || !same(f.element, element)) return false;
    }
    if (!link_range(f)) return false;
    if (f.range && (!subtype(f.range) || !same(f.element, subtype(f.range)))) return false;
    if (strict && !f.element) return false;
    if (f.nonarray && system_.array_element(f.element)) return false;
    return !f.is_enum || system_.info(f.element).typtype == 'e';
  }

  bool conclude_compatible(bool strict) {
    Family& f = compatible_;
    if (f.arguments == 0) return true;
    if (!link_range(f)) return false;
    if (common_.empty()) {
      if (strict) f.element = kText;
      return true;
    }
    f.element = common_type(system_, common_);
    if (!f.element) return false;
    for (TypeId type : common_) {
      if (!can_coerce(system_, type, f.element, CoercionContext::Implicit)) return false;
    }
    if (f.nonarray && system_.array_element(f.element)) return false;
    return !f.range || subtype(f.range) == f.element;
  }

  const TypeSystem& system_;
  Family simple_, compatible_;
  std::vector<TypeId> common_;
};

}  // namespace

bool check_polymorphic(const TypeSystem& system, std::span<const TypeId> actual,
                       std::span<const TypeId> declared) {
  Matcher matcher(system);
  for (std::size_t i = 0; i < actual.size() && i < declared.size(); ++i) {
    if (!matcher.take(actual[i], declared[i])) return false;
  }
  return matcher.conclude(false, true);
}

TypeId resolve_polymorphic(const TypeSystem& system, std::span<const TypeId> actual,
                           std::span<TypeId> declared, TypeId result) {
  Matcher matcher(system);
  int polymorphic = 0;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (system.is_polymorphic(declared[i])) ++polymorphic;
    if (i < actual.size() && !matcher.take(actual[i], declared[i])) return {};
  }
  if (polymorphic == 0) return result;
  if (!matcher.conclude(true, polymorphic == 1 && !system.is_polymorphic(result))) return {};
  for (TypeId& type : declared) {
    type = matcher.stands_for(type);
    if (!type) return {};
  }
  return matcher.stands_for(result);
}

}  // namespace schemadiff::parser
