// DDL of aggregates.
#include "schema/ddl/ddl.h"
#include "schema/ddl/text.h"
#include "schema/quote.h"

namespace schemadiff::schema {
namespace {

std::string_view modify(char code) {
  switch (code) {
    case 's':
      return "SHAREABLE";
    case 'w':
      return "READ_WRITE";
    default:
      return "READ_ONLY";
  }
}

// "integer, text", "*", or "direct ORDER BY aggregated". A variadic argument that is both direct
// and aggregated is held once and written twice (pg_proc.provariadic).
std::string arguments(const Aggregate& aggregate) {
  std::vector<std::string> direct, aggregated;
  for (const Argument& argument : aggregate.arguments) {
    const bool is_direct = static_cast<int>(direct.size()) < aggregate.direct_arguments;
    (is_direct ? direct : aggregated).push_back(argument_definition(argument));
  }
  if (aggregate.aggkind == 'n') return aggregated.empty() ? "*" : join(aggregated, ", ");
  if (aggregated.empty() && !direct.empty()) aggregated.push_back(direct.back());
  return join(direct, ", ") + (direct.empty() ? "ORDER BY " : " ORDER BY ") +
         join(aggregated, ", ");
}

class OptionList {
 public:
  void add(std::string_view option, const std::string& value) {
    items_.push_back(std::string(option) + " = " + value);
  }
  void add(std::string_view option, const QualifiedName& name) {
    if (!name.empty()) add(option, quote_qualified(name));
  }
  void add(std::string_view option, const std::optional<std::string>& text) {
    if (text) add(option, quote_literal(*text));
  }
  void add_flag(std::string_view option) { items_.emplace_back(option); }

  std::string text() const { return "(\n  " + join(items_, ",\n  ") + "\n)"; }

 private:
  std::vector<std::string> items_;
};

void add_moving(const Aggregate& aggregate, char default_modify, OptionList& options) {
  options.add("MSFUNC", aggregate.msfunc);
  options.add("MINVFUNC", aggregate.minvfunc);
  if (!aggregate.mstype.empty()) options.add("MSTYPE", aggregate.mstype.sql);
  if (aggregate.msspace != 0) options.add("MSSPACE", std::to_string(aggregate.msspace));
  options.add("MFINALFUNC", aggregate.mfinalfunc);
  if (aggregate.mfinalfunc_extra) options.add_flag("MFINALFUNC_EXTRA");
  if (!aggregate.mfinalfunc.empty() && aggregate.mfinalfunc_modify != default_modify)
    options.add("MFINALFUNC_MODIFY", std::string(modify(aggregate.mfinalfunc_modify)));
  options.add("MINITCOND", aggregate.minitcond);
}

}  // namespace

Statements create_sql(const Aggregate& aggregate) {
  const char default_modify = aggregate.aggkind == 'n' ? 'r' : 'w';
  OptionList options;
  options.add("SFUNC", aggregate.sfunc);
  options.add("STYPE", aggregate.stype.sql);
  if (aggregate.sspace != 0) options.add("SSPACE", std::to_string(aggregate.sspace));
  options.add("FINALFUNC", aggregate.finalfunc);
  if (aggregate.finalfunc_extra) options.add_flag("FINALFUNC_EXTRA");
  if (!aggregate.finalfunc.empty() && aggregate.finalfunc_modify != default_modify)
    options.add("FINALFUNC_MODIFY", std::string(modify(aggregate.finalfunc_modify)));
  options.add("COMBINEFUNC", aggregate.combinefunc);
  options.add("SERIALFUNC", aggregate.serialfunc);
  options.add("DESERIALFUNC", aggregate.deserialfunc);
  options.add("INITCOND", aggregate.initcond);
  add_moving(aggregate, default_modify, options);
  if (!aggregate.sortop.empty()) options.add("SORTOP", operator_name(aggregate.sortop));
  if (aggregate.parallel == 's') options.add("PARALLEL", std::string("SAFE"));
  if (aggregate.parallel == 'r') options.add("PARALLEL", std::string("RESTRICTED"));
  if (aggregate.aggkind == 'h') options.add_flag("HYPOTHETICAL");
  return {"CREATE AGGREGATE " + quote_qualified({aggregate.id.schema, aggregate.id.name}) + '(' +
          arguments(aggregate) + ") " + options.text()};
}

}  // namespace schemadiff::schema
