// NULL that is refused.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict set_not_null(const Subject& s) {
  if (!s.alters(Kind::Column, "not null") || !s.column_after()->not_null ||
      s.operation.role != Role::Alter || s.operation.retypes)
    return kSilent;
  switch (s.operation.op) {
    case Op::SetNotNull:
    case Op::AddConstraintNotValid:
    case Op::AlterForeignTable:
      break;
    default:
      return kSilent;
  }
  return fires(std::string("Writes of NULL are refused from now on") +
               (s.found_none() ? "; no row had one when the plan was made." : "."));
}

}  // namespace schemadiff::engine::rules
