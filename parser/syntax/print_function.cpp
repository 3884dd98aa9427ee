// Function calls, those with SQL's own syntax included → SQL text.
#include <algorithm>
#include <array>

#include "parser/syntax/printer.h"
#include "schema/quote.h"

namespace schemadiff::parser {
namespace {

// What EXTRACT takes without quotes, and most use.
constexpr std::array<std::string_view, 17> kExtractFields = {
    "century", "day",   "decade",  "dow",    "doy",      "epoch", "hour", "isodow",    "isoyear",
    "minute",  "month", "quarter", "second", "timezone", "week",  "year", "millennium"};

}  // namespace

bool Printer::keyword_call(const Tree& tree) {
  const Tree& arguments = *tree.kids[0];
  const std::size_t count = arguments.kids.size();
  const std::string& name = tree.names.back();
  const auto argument = [&](std::size_t i) -> const Tree& { return *arguments.kids[i]; };
  if (name == "timezone" && count == 2) {
    operand(argument(1));
    out += " AT TIME ZONE ";
    operand(argument(0));
    return true;
  }
  if (name == "extract" && count == 2 && argument(0).tag == Tag::String) {
    const auto& field = argument(0).text;
    const bool plain =
        std::find(kExtractFields.begin(), kExtractFields.end(), field) != kExtractFields.end();
    out += "EXTRACT(";
    out += plain ? field : schema::quote_literal(field);
    out += " FROM ";
    expression(argument(1));
    out += ')';
    return true;
  }
  if (name == "overlay" && (count == 3 || count == 4)) {
    out += "OVERLAY(";
    expression(argument(0));
    out += " PLACING ";
    expression(argument(1));
    out += " FROM ";
    expression(argument(2));
    if (count == 4) optional(" FOR ", &argument(3));
    out += ')';
    return true;
  }
  if (name == "position" && count == 2) {
    out += "POSITION(";
    operand(argument(1));
    out += " IN ";
    operand(argument(0));
    out += ')';
    return true;
  }
  if (name == "substring" && (count == 2 || count == 3)) {
    out += "SUBSTRING(";
    expression(argument(0));
    out += " FROM ";
    expression(argument(1));
    if (count == 3) optional(" FOR ", &argument(2));
    out += ')';
    return true;
  }
  if (name == "btrim" || name == "ltrim" || name == "rtrim") {
    out += name == "btrim" ? "TRIM(BOTH " : name == "ltrim" ? "TRIM(LEADING " : "TRIM(TRAILING ";
    if (count == 2) {
      expression(argument(1));
      out += " FROM ";
      expression(argument(0));
    } else {
      out += "FROM ";
      list(arguments);
    }
    out += ')';
    return true;
  }
  if (name == "overlaps" && count == 4) {
    for (std::size_t i = 0; i < 4; i += 2) {
      out += i ? " OVERLAPS (" : "(";
      expression(argument(i));
      out += ", ";
      expression(argument(i + 1));
      out += ')';
    }
    return true;
  }
  if (name == "is_normalized" && count >= 1) {
    operand(argument(0));
    out += " IS ";
    if (count == 2) out += argument(1).text + " ";
    out += "NORMALIZED";
    return true;
  }
  if (name == "normalize" && count >= 1) {
    out += "NORMALIZE(";
    expression(argument(0));
    if (count == 2) out += ", " + argument(1).text;
    out += ')';
    return true;
  }
  if (name == "pg_collation_for" && count == 1) {
    out += "COLLATION FOR (";
    expression(argument(0));
    out += ')';
    return true;
  }
  if (name == "xmlexists" && count == 2) {
    out += "XMLEXISTS((";
    expression(argument(0));
    out += ") PASSING (";
    expression(argument(1));
    out += "))";
    return true;
  }
  return false;
}

void Printer::call(const Tree& tree) {
  if (tree.has(kKeywords) && keyword_call(tree)) return;
  path(tree.names);
  out += '(';
  if (tree.has(kStar)) out += '*';
  if (tree.has(kDistinct)) out += "DISTINCT ";
  const Tree& arguments = *tree.kids[0];
  for (std::size_t i = 0; i < arguments.kids.size(); ++i) {
    if (i) out += ", ";
    if (tree.has(kVariadic) && i + 1 == arguments.kids.size()) out += "VARIADIC ";
    expression(*arguments.kids[i]);
  }
  if (!tree.has(kWithinGroup)) optional_list(" ORDER BY ", tree.kid(1));
  out += ')';
  if (tree.has(kWithinGroup)) optional_list(" WITHIN GROUP (ORDER BY ", tree.kid(1), ")");
  if (const Tree* filter = tree.kid(2)) {
    out += " FILTER (WHERE ";
    expression(*filter);
    out += ')';
  }
  if (const Tree* over = tree.kid(3)) {
    out += " OVER ";
    if (!over->text.empty()) {
      word(over->text);
    } else {
      window(*over);
    }
  }
}

void Printer::xml(const Tree& tree) {
  if (tree.tag == Tag::XmlSerialize) {
    out += tree.has(kDocument) ? "XMLSERIALIZE(DOCUMENT " : "XMLSERIALIZE(CONTENT ";
    expression(*tree.kids[0]);
    out += " AS ";
    type(*tree.kids[1]);
    out += ')';
    return;
  }
  enum { kConcat, kElement, kForest, kParse, kInstruction, kRoot, kSerialize, kIsDocument };
  const Tree& arguments = *tree.kids[0];
  const Tree* named = tree.kid(1);
  switch (tree.op) {
    case kConcat:
      out += "XMLCONCAT(";
      list(arguments);
      break;
    case kElement:
      out += "XMLELEMENT(NAME ";
      word(tree.text);
      optional_list(", XMLATTRIBUTES(", named, ")");
      if (!arguments.kids.empty()) optional_list(", ", &arguments);
      break;
    case kForest:
      out += "XMLFOREST(";
      optional_list("", named);
      break;
    case kParse:
      out += tree.has(kDocument) ? "XMLPARSE(DOCUMENT " : "XMLPARSE(CONTENT ";
      expression(*arguments.kids[0]);
      if (arguments.kids.size() > 1 && arguments.kids[1]->op) out += " PRESERVE WHITESPACE";
      break;
    case kInstruction:
      out += "XMLPI(NAME ";
      word(tree.text);
      if (!arguments.kids.empty()) optional_list(", ", &arguments);
      break;
    case kRoot: {
      out += "XMLROOT(";
      expression(*arguments.kids[0]);
      out += ", VERSION ";
      if (arguments.kids[1]->tag == Tag::Null) {
        out += "NO VALUE";
      } else {
        expression(*arguments.kids[1]);
      }
      constexpr std::array<std::string_view, 4> kStandalone = {
          ", STANDALONE YES", ", STANDALONE NO", ", STANDALONE NO VALUE", ""};
      out += kStandalone[static_cast<std::size_t>(std::atoi(arguments.kids[2]->text.c_str())) % 4];
      break;
    }
    case kIsDocument:
      operand(*arguments.kids[0]);
      out += " IS DOCUMENT";
      return;
    default:
      break;
  }
  out += ')';
}

}  // namespace schemadiff::parser
