// Typed expressions → normal form: what ruleutils.c shows of them (get_rule_expr).
#include "parser/analyze/normal.h"

namespace schemadiff::parser {

void Normalizer::name(std::string_view text) {
  for (char c : text) {
    if (c == ' ' || c == '(' || c == ')' || c == '\'' || c == '"' || c == '\\') out += '\\';
    out += c;
  }
}

void Normalizer::qualified_name(std::string_view text) {
  if (options_.loose) {
    const auto dot = text.rfind('.');
    if (dot != std::string_view::npos && dot + 1 < text.size()) text.remove_prefix(dot + 1);
  }
  name(text);
}

void Normalizer::type(TypeRef type) {
  if (options_.loose) return;
  out += "::";
  out += options_.system.text(type);
}

void Normalizer::constant(const Typed& value, TypeRef shown) {
  if (value.null) {
    out += "null";
  } else {
    out += '\'';
    for (char c : value.text) {
      if (c == '\'') out += c;
      out += c;
    }
    out += '\'';
  }
  type(shown);
}

void Normalizer::coercion(const Typed& value, bool show) {
  const Typed& inner = *value.kids[0];
  if (options_.loose || (value.implicit && !show)) return expression(inner, options_.loose && show);
  if (inner.kind == TypedKind::Constant && inner.type.id == value.type.id &&
      inner.type.typmod == -1)
    return constant(inner, value.type);
  out += "(cast ";
  expression(inner, false);
  type(value.type);
  out += ')';
}

void Normalizer::column(const Typed& value) {
  const Entry* entry = value.entry;
  if (entry && !entry->printed.empty()) {
    name(entry->printed);
    out += '.';
  }
  const auto index = static_cast<std::size_t>(value.op);
  if (entry && index < entry->printed_columns.size()) return name(entry->printed_columns[index]);
  name(value.text);
}

void Normalizer::kids(const Typed& value, bool show) {
  for (const Typed* kid : value.kids) {
    out += ' ';
    if (kid) {
      expression(*kid, show);
    } else {
      out += '-';
    }
  }
}

// What stands in the grammar's way of nesting: a first term of the same kind is merged.
void Normalizer::terms(const Typed& value) {
  for (std::size_t i = 0; i < value.kids.size(); ++i) {
    const Typed& kid = *value.kids[i];
    if (i == 0 && kid.kind == value.kind) {
      terms(kid);
      continue;
    }
    out += ' ';
    expression(kid, false);
  }
}

void Normalizer::conditional(const Typed& value) {
  out += "(case ";
  if (value.kids[0]) expression(*value.kids[0], true);
  for (std::size_t i = 2; i + 1 < value.kids.size(); i += 2) {
    out += " when ";
    const Typed& condition = *value.kids[i];
    if (value.kids[0] && condition.kind == TypedKind::Operator && condition.kids.size() == 2) {
      expression(*condition.kids[1], false);
    } else {
      expression(condition, false);
    }
    out += " then ";
    expression(*value.kids[i + 1], true);
  }
  out += " else ";
  expression(*value.kids[1], true);
  out += ')';
}

void Normalizer::sort_keys(std::string_view before, const std::vector<SortKey>& keys) {
  if (keys.empty()) return;
  out += before;
  std::vector<std::string> seen;
  for (const SortKey& key : keys) {
    const std::size_t start = out.size();
    out += ' ';
    if (key.column) {
      out += '#' + std::to_string(key.column);
    } else if (key.value) {
      expression(*key.value, true);
    }
    std::string text = out.substr(start);
    bool again = false;
    for (const std::string& other : seen) again = again || other == text;
    if (again) {
      out.resize(start);
      continue;
    }
    seen.push_back(std::move(text));
    if (!key.op.empty()) out += " using " + key.op;
    if (key.descending) out += " desc";
    if (key.nulls_first != key.descending) out += key.nulls_first ? " nulls-first" : " nulls-last";
  }
}

void Normalizer::window(const WindowSpec& spec) {
  if (spec.named) {
    out += " over ";
    return name(spec.name);
  }
  out += " over(";
  name(spec.refname);
  for (const Typed* value : spec.partition) {
    out += " by ";
    expression(*value, true);
  }
  sort_keys(" order", spec.order);
  constexpr int kNonDefault = 0x1;
  if (spec.frame & kNonDefault) out += " frame " + std::to_string(spec.frame);
  for (const Typed* offset : {spec.start, spec.end}) {
    if (!offset) continue;
    out += ' ';
    expression(*offset, false);
  }
  out += ')';
}

void Normalizer::call(const Typed& value) {
  out += '(';
  if (value.flags & kKeywords) out += '@';
  qualified_name(value.text);
  if (value.flags & kStar) out += " *";
  if (value.flags & kDistinct) out += " distinct";
  if (value.flags & kVariadic) out += " variadic";
  kids(value, true);
  if (const CallParts* parts = value.parts) {
    sort_keys(value.flags & kWithinGroup ? " within" : " order", parts->order);
    if (parts->filter) {
      out += " filter ";
      expression(*parts->filter, false);
    }
    if (parts->window) window(*parts->window);
  }
  out += ')';
}

void Normalizer::list(std::string_view word, const Typed& value, bool show) {
  out += '(';
  out += word;
  kids(value, show);
  out += ')';
}

void Normalizer::sublink(const Typed& value) {
  constexpr std::string_view kWords[] = {"exists", "all",   "any",   "rowcompare",
                                         "value",  "multi", "array", ""};
  out += '(';
  out += kWords[value.op];
  if (!value.text.empty()) {
    out += ' ';
    qualified_name(value.text);
  }
  kids(value, true);
  out += ' ';
  query(*value.query, {}, false);
  out += ')';
}

void Normalizer::other(const Typed& value, bool show) {
  switch (value.kind) {
    case TypedKind::RowCompare:
      out += '(';
      qualified_name(value.text);
      kids(value, true);
      out += ')';
      return;
    case TypedKind::Subscript:
      out += "(at " + value.text + ' ';
      expression(*value.kids[0], show);
      for (std::size_t i = 1; i < value.kids.size(); ++i) {
        out += ' ';
        if (value.kids[i]) expression(*value.kids[i], false);
      }
      out += ')';
      return;
    case TypedKind::Field:
      out += "(field ";
      name(value.text);
      kids(value, true);
      out += ')';
      return;
    case TypedKind::ValueFunction:
      out += "(now " + std::to_string(value.op) + value.text + ')';
      return;
    case TypedKind::Xml:
      out += "(xml " + std::to_string(value.op) + (value.flags & kDocument ? " document " : " ");
      name(value.text);
      kids(value, true);
      for (std::size_t i = 0; i < value.parts->named.size(); ++i) {
        out += " named ";
        name(value.parts->names[i]);
        out += ' ';
        expression(*value.parts->named[i], true);
      }
      if (value.op == 6) type(value.type);
      out += ')';
      return;
    case TypedKind::Grouping:
      return list("grouping", value, true);
    case TypedKind::Default:
      out += "default";
      return;
    case TypedKind::CaseArgument:
      out += "argument";
      return;
    case TypedKind::Merged:
      out += "(merged ";
      name(value.text);
      kids(value, true);
      out += ')';
      return;
    default:
      return;
  }
}

void Normalizer::expression(const Typed& value, bool show) {
  switch (value.kind) {
    case TypedKind::Constant:
      return constant(value, value.type);
    case TypedKind::Column:
      return column(value);
    case TypedKind::WholeRow:
      out += "(row-of ";
      name(value.entry->printed);
      out += ')';
      return;
    case TypedKind::Param:
      out += '$' + std::to_string(value.op);
      return;
    case TypedKind::Coerce:
      return coercion(value, show);
    case TypedKind::Collate:
      out += "(collate ";
      qualified_name(value.text);
      out += ' ';
      expression(*value.kids[0], show);
      out += ')';
      return;
    case TypedKind::Operator:
      out += '(';
      qualified_name(value.text);
      kids(value, true);
      out += ')';
      return;
    case TypedKind::ArrayOperator:
      out += value.op ? "(any " : "(all ";
      qualified_name(value.text);
      kids(value, true);
      out += ')';
      return;
    case TypedKind::Distinct:
      return list("distinct", value, true);
    case TypedKind::NullIf:
      return list("nullif", value, true);
    case TypedKind::And:
    case TypedKind::Or:
      out += value.kind == TypedKind::And ? "(and" : "(or";
      terms(value);
      out += ')';
      return;
    case TypedKind::Not:
      return list("not", value, false);
    case TypedKind::NullTest:
      return list(value.op ? "not-null" : "null", value, true);
    case TypedKind::BooleanTest:
      return list("is" + std::to_string(value.op), value, false);
    case TypedKind::Case:
      return conditional(value);
    case TypedKind::Call:
      return call(value);
    case TypedKind::NamedArgument:
      name(value.text);
      out += "=>";
      return expression(*value.kids[0], show);
    case TypedKind::Row:
      return list("row", value, true);
    case TypedKind::Coalesce:
      return list("coalesce", value, true);
    case TypedKind::Greatest:
      return list("greatest", value, true);
    case TypedKind::Least:
      return list("least", value, true);
    case TypedKind::Array:
      list("array", value, true);
      if (value.kids.empty()) type(value.type);
      return;
    case TypedKind::Sublink:
      return sublink(value);
    default:
      return other(value, show);
  }
}

std::string normal_expression(const NormalOptions& options, const Typed& value,
                              bool show_implicit) {
  Normalizer normalizer(options);
  normalizer.expression(value, show_implicit);
  return std::move(normalizer.out);
}

std::string normal_query(const NormalOptions& options, Query& query,
                         const std::vector<std::string>& result_names) {
  Normalizer normalizer(options);
  normalizer.query(query, result_names);
  return std::move(normalizer.out);
}

}  // namespace schemadiff::parser
