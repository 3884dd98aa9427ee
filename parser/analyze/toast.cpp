// Decides which tables have a TOAST table (heapam_handler.c, heapam_relation_needs_toast_table):
// without one the server loses the storage parameters that are said for it.
#include <algorithm>

#include "parser/analyze/definitions.h"
#include "parser/analyze/type_system.h"

namespace schemadiff::parser {

using namespace schema;

namespace {

constexpr int kVarHeader = 4;          // VARHDRSZ
constexpr int kBytesPerCharacter = 4;  // of UTF-8
constexpr int kTupleThreshold = 2032;  // TOAST_TUPLE_THRESHOLD with blocks of 8 kB
constexpr int kTupleHeader = 23;       // SizeofHeapTupleHeader

int aligned(int length, char alignment) {
  const int to = alignment == 'd' ? 8 : alignment == 'i' ? 4 : alignment == 's' ? 2 : 1;
  return (length + to - 1) / to * to;
}

// In bytes; -1: unbounded, or not known (format_type.c, type_maximum_size).
int maximum_size(TypeRef type) {
  if (type.typmod < 0) return -1;
  if (type.id == types::kBpchar || type.id == types::kVarchar)
    return (type.typmod - kVarHeader) * kBytesPerCharacter + kVarHeader;
  if (type.id == types::kNumeric)  // numeric.c, numeric_maximum_size
    return 8 + ((((type.typmod - kVarHeader) >> 16) & 0xffff) + 6) / 4 * 2;
  if (type.id == types::kBit || type.id == types::kVarbit) return (type.typmod + 7) / 8 + 8;
  return -1;
}

// Columns are created with the storage of their type: what ALTER COLUMN says comes later.
template <class Columns>
bool needs_toast_table(const Columns& columns, const TypeSystem& system) {
  bool toastable = false, unbounded = false;
  int length = 0;
  for (const auto& column : columns) {
    const TypeRef type = system.parse(column.type.sql);
    const TypeInfo& info = system.info(system.base(type).id);
    if (!type || info.opaque) return true;  // as far as we know
    const int fixed = info.typtype == 'e' ? 4 : info.length;
    length = aligned(length, info.alignment) + std::max(fixed, 0);
    if (fixed > 0) continue;
    const int maximum = maximum_size(type);
    if (maximum < 0) unbounded = true;
    length += std::max(maximum, 0);
    toastable = toastable || info.storage != 'p';
  }
  if (!toastable || unbounded) return toastable;
  const int header = kTupleHeader + (static_cast<int>(columns.size()) + 7) / 8;
  return aligned(header, 'd') + aligned(length, 'd') > kTupleThreshold;
}

void forget(Options& options) {
  std::erase_if(options, [](const auto& option) { return option.first.starts_with("toast."); });
}

bool has_any(const Options& options) {
  return std::ranges::any_of(options,
                             [](const auto& option) { return option.first.starts_with("toast."); });
}

}  // namespace

void forget_lost_toast_options(Catalog& catalog, const TypeSystem& system) {
  for (auto& [id, table] : catalog.tables)
    if (has_any(table.options) && !needs_toast_table(table.columns, system)) forget(table.options);
  for (auto& [id, view] : catalog.materialized_views)
    if (has_any(view.options) && !needs_toast_table(view.columns, system)) forget(view.options);
}

}  // namespace schemadiff::parser
