// A type in a new form.
#include "engine/enum_values.h"
#include "engine/rules/rule.h"
#include "schema/quote.h"

namespace schemadiff::engine::rules {

using namespace schema;

namespace {

// "'a' or 'b'"
std::string any_of_them(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values)
    text += (text.empty() ? "" : &value == &values.back() ? " or " : ", ") + quote_literal(value);
  return text;
}

std::string pairs_to_write(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values)
    text += (text.empty() ? "" : ", ") + show_value_pair(value, "VALUE");
  return text;
}

}  // namespace

Verdict replace_type(const Subject& s) {
  if (s.operation.op != Op::MakeTypeAnew || s.operation.object.kind == Kind::Collation)
    return kSilent;
  if (s.operation.object.kind != Kind::Enum)
    return fires(
        "Every column of the type is rewritten; values that the new form does not know make the "
        "plan fail.");
  const ObjectId& type = s.operation.change->id;
  const std::string moves = s.context.made_beside.contains(type)
                                ? "All columns of the type move over to its new form"
                                : "Every column of the type is rewritten";
  const std::vector<std::string> lost = lost_values(type, s.context);
  if (lost.empty()) return fires(moves + ".");
  return fires(moves + "; a row with " + any_of_them(lost) +
               " makes the plan fail, unless a hint says what it becomes: -- schemadiff: map=" +
               pairs_to_write(lost) + '.');
}

}  // namespace schemadiff::engine::rules
