// Which casts there are between two types, and the common type of several (parse_coerce.c).
#include "parser/analyze/type_system_coercion.h"

#include <algorithm>

#include "parser/analyze/type_system_tables.h"

namespace schemadiff::parser {
namespace {

char category_of(const TypeSystem& system, TypeId type) { return system.info(type).category; }

bool is_complex(const TypeSystem& system, TypeId type) {
  return system.info(system.base(type)).typtype == 'c';
}

bool is_complex_array(const TypeSystem& system, TypeId type) {
  TypeId element = system.array_element(type);
  return element && is_complex(system, element);
}

// typeInheritsFrom, typeIsOfTypedTable: a table's row is also its parents' and its type's.
bool row_is_a(const TypeSystem& system, TypeId from, TypeId to, int depth = 0) {
  constexpr int kMaxDepth = 32;
  const schema::Object* object = system.info(from).object;
  if (!object || object->id.kind != schema::Kind::Table || depth > kMaxDepth) return false;
  const auto& table = static_cast<const schema::Table&>(*object);
  auto reaches = [&](const schema::QualifiedName& name) {
    if (name.empty()) return false;
    TypeId parent = system.row_type(name.schema, name.name);
    return parent && (parent == to || row_is_a(system, parent, to, depth + 1));
  };
  return reaches(table.partition_of) || reaches(table.of_type) ||
         std::any_of(table.inherits.begin(), table.inherits.end(), reaches);
}

CoercionContext context_of(char castcontext) {
  switch (castcontext) {
    case 'i':
      return CoercionContext::Implicit;
    case 'a':
      return CoercionContext::Assignment;
    default:
      return CoercionContext::Explicit;
  }
}

Coercion find_pathway(const TypeSystem& system, TypeId from, TypeId to, CoercionContext context);

// What there is where pg_cast has no row: element by element, and through text.
Coercion find_automatic(const TypeSystem& system, TypeId from, TypeId to, CoercionContext context) {
  if (to != types::kOidVector && to != types::kInt2Vector) {
    TypeId from_element = system.info(from).true_array ? system.info(from).element : TypeId{};
    TypeId to_element = system.info(to).true_array ? system.info(to).element : TypeId{};
    if (from_element && to_element) {
      Coercion element = find_pathway(system, from_element, to_element, context);
      if (element) return {CoercionKind::Array, element.kind, element.function, element.cast};
    }
  }
  if (context >= CoercionContext::Assignment && category_of(system, to) == 'S') {
    return {CoercionKind::InOut, {}, {}};
  }
  if (context >= CoercionContext::Explicit && category_of(system, from) == 'S') {
    return {CoercionKind::InOut, {}, {}};
  }
  return {};
}

// find_coercion_pathway: between base types.
Coercion find_pathway(const TypeSystem& system, TypeId from, TypeId to, CoercionContext context) {
  from = system.base(from);
  to = system.base(to);
  if (!from || !to) return {};
  if (from == to) return {CoercionKind::Relabel, {}, {}};
  const CastInfo* cast = system.tables().cast(from, to);
  if (!cast) return find_automatic(system, from, to, context);
  if (context < context_of(cast->context)) return {};
  switch (cast->method) {
    case 'b':
      return {CoercionKind::Relabel, {}, {}, cast->object};
    case 'i':
      return {CoercionKind::InOut, {}, {}, cast->object};
    default:
      return {
          CoercionKind::Function, {}, {"pg_catalog", std::string(cast->function)}, cast->object};
  }
}

bool rows_coerce(const TypeSystem& system, TypeId from, TypeId to) {
  using namespace types;
  if (from == kRecord && is_complex(system, to)) return true;
  if (to == kRecord && is_complex(system, from)) return true;
  if (from == kRecordArray && is_complex_array(system, to)) return true;
  if (to == kRecordArray && is_complex_array(system, from)) return true;
  return row_is_a(system, system.base(from), to);
}

// Whether one value coerces, for a target that is not polymorphic.
bool coerces(const TypeSystem& system, TypeId from, TypeId to, CoercionContext context) {
  if (!from || !to) return false;
  return from == to || to == types::kAny || from == types::kUnknown ||
         bool(find_pathway(system, from, to, context)) || rows_coerce(system, from, to);
}

}  // namespace

Coercion find_coercion(const TypeSystem& system, TypeId from, TypeId to, CoercionContext context) {
  if (!from || !to) return {};
  if (from == to || to == types::kAny) return {CoercionKind::Same, {}, {}};
  if (from == types::kUnknown) return {CoercionKind::Literal, {}, {}};
  if (system.is_polymorphic(to)) return {CoercionKind::Same, {}, {}};
  Coercion path = find_pathway(system, from, to, context);
  if (!path && rows_coerce(system, from, to)) path.kind = CoercionKind::Row;
  TypeId base = system.base(to);
  if (path && base != to) {
    CoercionKind to_base = base == from ? CoercionKind::Same : path.kind;
    return {CoercionKind::Domain, to_base, path.function, path.cast};
  }
  return path;
}

bool can_coerce(const TypeSystem& system, TypeId from, TypeId to, CoercionContext context) {
  return can_coerce(system, std::span(&from, 1), std::span(&to, 1), context);
}

bool can_coerce(const TypeSystem& system, std::span<const TypeId> from, std::span<const TypeId> to,
                CoercionContext context) {
  bool polymorphic = false;
  for (std::size_t i = 0; i < from.size() && i < to.size(); ++i) {
    if (system.is_polymorphic(to[i])) {
      polymorphic = true;
    } else if (!coerces(system, from[i], to[i], context)) {
      return false;
    }
  }
  return !polymorphic || check_polymorphic(system, from, to);
}

bool is_binary_coercible(const TypeSystem& system, TypeId from, TypeId to) {
  using namespace types;
  if (from == to || to == kAny || to == kAnyElement || to == kAnyCompatible) return true;
  from = system.base(from);
  if (!from || !to) return false;
  if (from == to) return true;
  const TypeInfo& info = system.info(from);
  switch (to.oid) {
    case kAnyArray.oid:
    case kAnyCompatibleArray.oid:
      if (info.true_array) return true;
      break;
    case kAnyNonArray.oid:
    case kAnyCompatibleNonArray.oid:
      if (!info.true_array) return true;
      break;
    case kAnyEnum.oid:
      if (info.typtype == 'e') return true;
      break;
    case kAnyRange.oid:
    case kAnyCompatibleRange.oid:
      if (info.typtype == 'r') return true;
      break;
    case kAnyMultirange.oid:
    case kAnyCompatibleMultirange.oid:
      if (info.typtype == 'm') return true;
      break;
    case kRecord.oid:
      if (info.typtype == 'c') return true;
      break;
    case kRecordArray.oid:
      if (is_complex_array(system, from)) return true;
      break;
    default:
      break;
  }
  const CastInfo* cast = system.tables().cast(from, to);
  return cast && cast->method == 'b' && cast->context == 'i';
}

bool has_length_coercion(const TypeSystem& system, TypeId type) {
  type = system.base(type);
  if (TypeId element = system.array_element(type)) type = element;
  const CastInfo* cast = system.tables().cast(type, type);
  return cast && cast->method == 'f';
}

TypeId common_type(const TypeSystem& system, std::span<const TypeId> expressions) {
  if (expressions.empty()) return {};
  TypeId common = expressions.front();
  if (common != types::kUnknown &&
      std::all_of(expressions.begin(), expressions.end(), [&](TypeId t) { return t == common; })) {
    return common;
  }
  common = system.base(common);
  for (TypeId next : expressions.subspan(1)) {
    next = system.base(next);
    if (next == types::kUnknown || next == common) continue;
    if (common == types::kUnknown) {
      common = next;
      continue;
    }
    if (category_of(system, next) != category_of(system, common)) return {};
    if (!system.info(common).preferred &&
        can_coerce(system, common, next, CoercionContext::Implicit) &&
        !can_coerce(system, next, common, CoercionContext::Implicit)) {
      common = next;
    }
  }
  return common == types::kUnknown ? types::kText : common;
}

std::int32_t common_typmod(std::span<const TypeRef> expressions, TypeId common) {
  if (expressions.empty()) return -1;
  std::int32_t typmod = expressions.front().typmod;
  for (const TypeRef& type : expressions) {
    if (type.id != common || type.typmod != typmod) return -1;
  }
  return typmod;
}

}  // namespace schemadiff::parser
