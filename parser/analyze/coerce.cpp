// How values get from type to type (parse_coerce.c): which casts the server puts into a typed tree,
// and which of them it would show.
#include "parser/analyze/analyzer.h"

namespace schemadiff::parser {
namespace {

bool is_unknown(const Typed* value) { return value->type.id == types::kUnknown; }

bool accepts_anything(TypeId type) {
  return type == types::kAny || type == types::kAnyElement || type == types::kAnyNonArray ||
         type == types::kAnyCompatible || type == types::kAnyCompatibleNonArray;
}

bool is_name_type(TypeId type) {
  return type == types::kRegclass || type == types::kRegproc || type == types::kRegprocedure ||
         type == types::kRegtype || type == types::kRegoper || type == types::kRegoperator ||
         type == types::kRegconfig || type == types::kRegdictionary || type == types::kRegcollation;
}

// Of the object that a literal of the type names; Schema: of none that is looked up here.
schema::Kind kind_named_by(TypeId type) {
  if (type == types::kRegconfig) return schema::Kind::TextSearchConfiguration;
  if (type == types::kRegdictionary) return schema::Kind::TextSearchDictionary;
  if (type == types::kRegcollation) return schema::Kind::Collation;
  return schema::Kind::Schema;
}

}  // namespace

Typed* Analyzer::typed_literal(Typed* literal, TypeRef target) {
  Typed* constant = pool_.make(TypedKind::Constant, target);
  constant->null = literal->null;
  refer_type(target.id);
  if (literal->null) return constant;
  constant->text = literal->text;
  const auto output = literal_output(system_, target, literal->text, path_);
  if (!output) {
    constant->reliable = false;
    unproven = true;
    return constant;
  }
  constant->text = *output;
  if (!is_name_type(target.id)) return constant;
  if (target.id == types::kRegclass) {
    const schema::QualifiedName name = split_name(constant->text);
    if (const auto found = system_.find_relation(name.schema, name.name, path_)) refer(*found);
  } else if (const schema::Kind kind = kind_named_by(target.id); kind != schema::Kind::Schema) {
    const schema::QualifiedName name = split_name(constant->text);
    refs.push_back(schema::ObjectId{kind, name.schema, {}, name.name, {}});
  } else if (target.id == types::kRegtype) {
    refer_type(system_.parse(constant->text).id);
  }
  if (rewrite_ && literal->source) literal->source->text = constant->text;
  return constant;
}

Typed* Analyzer::coerce_domain(Typed* value, TypeId domain, std::int32_t typmod, bool implicit) {
  const TypeRef base = system_.base(TypeRef{domain, typmod});
  Typed* inner = coerce_typmod(value, base, true, false);
  Typed* result = pool_.make(TypedKind::Coerce, TypeRef{domain, typmod});
  result->kids.push_back(inner);
  result->implicit = implicit;
  return result;
}

Typed* Analyzer::coerce(Typed* value, TypeId target, std::int32_t typmod, CoercionContext context,
                        bool implicit) {
  if (!target || target == value->type.id || accepts_anything(target)) return value;
  if (target == types::kUnknown) return value;
  if (is_unknown(value) && value->kind == TypedKind::Constant) {
    if (system_.is_polymorphic(target) || target == types::kAnyArray) return value;
    const TypeRef base = system_.base(TypeRef{target, typmod});
    const std::int32_t kept = base.id == types::kInterval ? base.typmod : -1;
    Typed* constant = typed_literal(value, TypeRef{base.id, kept});
    if (base.id == target) return constant;
    return coerce_domain(constant, target, -1, implicit);
  }
  if (!value->type) {
    Typed* result = pool_.make(TypedKind::Coerce, TypeRef{target, -1});
    result->kids.push_back(value);
    result->implicit = implicit;
    return result;
  }
  if (value->kind == TypedKind::Collate) {
    Typed* result = pool_.make(TypedKind::Collate, TypeRef{target, typmod});
    result->text = value->text;
    result->kids.push_back(coerce(value->kids[0], target, typmod, context, implicit));
    return result;
  }
  if (value->kind == TypedKind::Row && !value->kids.empty() && system_.is_row(target)) {
    const std::vector<ColumnInfo> columns = system_.columns(system_.base(target));
    if (columns.size() == value->kids.size()) {
      Typed* row = pool_.make(TypedKind::Row, TypeRef{target, -1});
      for (std::size_t i = 0; i < columns.size(); ++i)
        row->kids.push_back(coerce_target(value->kids[i], columns[i].type, context, true));
      value = row;
    }
    refer_type(target);
    Typed* result = pool_.make(TypedKind::Coerce, TypeRef{target, -1});
    result->kids.push_back(value);
    result->implicit = implicit;
    return result;
  }
  const Coercion found = find_coercion(system_, value->type.id, target, context);
  refer_type(target);
  if (found.cast) refs.push_back(found.cast->id);
  if (!found || found.kind == CoercionKind::Same) return value;
  if (found.kind == CoercionKind::Domain) {
    const TypeId base = system_.base(target);
    Typed* inner = value;
    if (value->type.id != base && found.to_base != CoercionKind::Same)
      inner = coerce(value, base, -1, context, true);
    return coerce_domain(inner, target, -1, implicit);
  }
  // ruleutils.c prints an array constructor under a cast in one way, and reads it in another.
  if (value->kind == TypedKind::Array && !value->kids.empty() && system_.array_element(target)) {
    const TypeId element = system_.array_element(target);
    Typed* result = pool_.make(TypedKind::Array, TypeRef{target, -1});
    for (Typed* kid : value->kids) {
      if (kid->kind == TypedKind::Coerce) kid->implicit = false;  // shown, since it is an element
      const bool nested = kid->kind == TypedKind::Array && system_.array_element(kid->type.id);
      result->kids.push_back(coerce(kid, nested ? target : element, -1, context, implicit));
    }
    return result;
  }
  Typed* result = pool_.make(TypedKind::Coerce, TypeRef{target, -1});
  result->kids.push_back(value);
  result->implicit = implicit;
  return result;
}

Typed* Analyzer::coerce_typmod(Typed* value, TypeRef target, bool implicit, bool hide_input) {
  if (value->type.typmod == target.typmod || !value->type) return value;
  if (hide_input && value->kind == TypedKind::Coerce) value->implicit = true;
  // Without a length to coerce to, the value is only relabelled.
  const bool relabel = target.typmod < 0 || !has_length_coercion(system_, target.id);
  if (relabel && value->kind == TypedKind::Constant) {
    Typed* constant = pool_.make(TypedKind::Constant);
    *constant = *value;
    constant->type = target;
    return constant;
  }
  if (!relabel && value->kind == TypedKind::Array && system_.array_element(target.id)) {
    Typed* result = pool_.make(TypedKind::Array, target);
    const TypeId element = system_.array_element(target.id);
    for (Typed* kid : value->kids) {
      const bool nested = kid->kind == TypedKind::Array;
      result->kids.push_back(coerce_typmod(
          kid, TypeRef{nested ? target.id : element, target.typmod}, implicit, false));
    }
    return result;
  }
  Typed* result = pool_.make(TypedKind::Coerce, target);
  result->kids.push_back(value);
  result->implicit = implicit;
  return result;
}

Typed* Analyzer::coerce_target(Typed* value, TypeRef target, CoercionContext context,
                               bool implicit) {
  if (!target) return value;
  if (value->kind == TypedKind::Collate) {
    Typed* result = pool_.make(TypedKind::Collate, target);
    result->text = value->text;
    result->kids.push_back(coerce_target(value->kids[0], target, context, implicit));
    return result;
  }
  Typed* result = coerce(value, target.id, target.typmod, context, implicit);
  const bool hide = result != value && result->kind != TypedKind::Constant;
  return coerce_typmod(result, target, implicit, hide);
}

Typed* Analyzer::assign(Typed* value, TypeRef target) {
  return coerce_target(value, target, CoercionContext::Assignment, true);
}

Typed* Analyzer::to_boolean(Typed* value) {
  if (value->type.id == types::kBool) return value;
  return coerce(value, types::kBool, -1, CoercionContext::Assignment, true);
}

Typed* Analyzer::to_text_if_unknown(Typed* value) {
  return is_unknown(value) ? coerce(value, types::kText, -1, CoercionContext::Implicit, true)
                           : value;
}

Typed* Analyzer::to_common(Typed* value, TypeId target) {
  if (!target) return value;
  return coerce(value, target, -1, CoercionContext::Implicit, true);
}

TypeId Analyzer::common_type_of(const std::vector<Typed*>& values) {
  std::vector<TypeId> kinds;
  kinds.reserve(values.size());
  for (const Typed* value : values) {
    if (!value->type) return {};
    kinds.push_back(value->type.id);
  }
  return parser::common_type(system_, kinds);
}

}  // namespace schemadiff::parser
