// Values of a domain that are refused.
#include "engine/rules/rule.h"

namespace schemadiff::engine::rules {

using namespace schema;

Verdict domain_constraint(const Subject& s) {
  switch (s.operation.op) {
    case Op::SetDomainNotNull:
      return fires("All columns of the domain are scanned, and writes of NULL refused.");
    case Op::ValidateDomainConstraint:
      return fires("All columns of the domain are scanned.");
    case Op::AddDomainConstraint:
      if (s.operation.sql.front().ends_with(" NOT VALID"))
        return fires("New values that do not fit are refused; those that are there are not read.");
      return fires("All columns of the domain are scanned, and values that do not fit refused.");
    default:
      return kSilent;
  }
}

}  // namespace schemadiff::engine::rules
