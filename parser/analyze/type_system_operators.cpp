// Which operator an expression means (parse_oper.c, oper and left_oper; make_scalar_array_op).
#include "parser/analyze/type_system_operators.h"

#include <algorithm>
#include <array>

#include "parser/analyze/type_system_candidates.h"
#include "parser/analyze/type_system_coercion.h"
#include "parser/analyze/type_system_tables.h"

namespace schemadiff::parser {
namespace {

struct Name {
  std::string_view schema, name;
  SearchPath path;
};

// All operators of the name and kind that the path shows, each argument list once.
std::vector<Candidate> candidates_for(const TypeSystem& system, const Name& name, bool prefix) {
  std::vector<Candidate> candidates;
  system.tables().for_each_operator(name.name, [&](const OperatorInfo& op) {
    if (prefix == bool(op.left)) return;
    int position = name.schema.empty()        ? path_position(op.schema, name.path)
                   : name.schema == op.schema ? 0
                                              : -1;
    if (position < 0) return;
    Candidate added;
    added.entry = &op;
    added.position = position;
    if (!prefix) added.args.push_back(op.left);
    added.args.push_back(op.right);
    auto before = std::find_if(candidates.begin(), candidates.end(),
                               [&](const Candidate& c) { return c.args == added.args; });
    if (before == candidates.end()) {
      candidates.push_back(std::move(added));
    } else if (position < before->position) {
      *before = std::move(added);
    }
  });
  return candidates;
}

const OperatorInfo* find_exact(const std::vector<Candidate>& candidates,
                               std::span<const TypeId> args) {
  for (const Candidate& candidate : candidates) {
    if (std::equal(args.begin(), args.end(), candidate.args.begin(), candidate.args.end())) {
      return static_cast<const OperatorInfo*>(candidate.entry);
    }
  }
  return nullptr;
}

// binary_oper_exact: an unknown literal is taken to be of the other side's type, or its base type.
const OperatorInfo* find_binary_exact(const TypeSystem& system,
                                      const std::vector<Candidate>& candidates, TypeId left,
                                      TypeId right) {
  bool unknown = left == types::kUnknown || right == types::kUnknown;
  if (left == types::kUnknown) left = right;
  if (right == types::kUnknown) right = left;
  const OperatorInfo* found = find_exact(candidates, std::array{left, right});
  if (!found && unknown && system.base(left) != left) {
    found = find_exact(candidates, std::array{system.base(left), system.base(left)});
  }
  return found;
}

// The operator alone, operand types not yet resolved.
ResolvedOperator look_up(const TypeSystem& system, const Name& name, TypeId left, TypeId right) {
  ResolvedOperator result;
  std::vector<Candidate> candidates = candidates_for(system, name, !left);
  std::vector<TypeId> actual;
  if (left) actual.push_back(left);
  actual.push_back(right);
  result.op =
      left ? find_binary_exact(system, candidates, left, right) : find_exact(candidates, actual);
  if (!result.op) {
    switch (choose_candidate(system, actual, candidates)) {
      case Choice::One:
        result.op = static_cast<const OperatorInfo*>(candidates.front().entry);
        break;
      case Choice::Several:
        result.status = OperatorStatus::Ambiguous;
        return result;
      case Choice::None:
        return result;
    }
  }
  result.status = OperatorStatus::Found;
  return result;
}

// Fills in what the operands become; NotFound when polymorphic types do not work out.
void resolve_types(const TypeSystem& system, TypeId left, TypeId right, ResolvedOperator& result) {
  std::array actual{left, right};
  std::array declared{result.op->left, result.op->right};
  std::size_t skipped = left ? 0 : 1;
  result.result =
      resolve_polymorphic(system, std::span<const TypeId>(actual).subspan(skipped),
                          std::span<TypeId>(declared).subspan(skipped), result.op->result);
  if (!result.result) {
    result = {};
    return;
  }
  result.left = declared[0];
  result.right = declared[1];
}

}  // namespace

ResolvedOperator resolve_operator(const TypeSystem& system, std::string_view schema,
                                  std::string_view name, TypeId left, TypeId right,
                                  SearchPath path) {
  ResolvedOperator result = look_up(system, {schema, name, path}, left, right);
  if (result) resolve_types(system, left, right, result);
  return result;
}

ResolvedOperator resolve_array_operator(const TypeSystem& system, std::string_view schema,
                                        std::string_view name, TypeId left, TypeId right,
                                        SearchPath path) {
  TypeId element = right == types::kUnknown ? right : system.array_element(right);
  if (!element) return {};
  ResolvedOperator result = look_up(system, {schema, name, path}, left, element);
  if (!result) return result;
  resolve_types(system, left, element, result);
  if (!result || result.result != types::kBool) return {};
  // An anyelement right side keeps the array as it is.
  result.right = system.is_polymorphic(result.op->right) && right != types::kUnknown
                     ? system.base(right)
                     : system.info(result.right).array;
  return result.right ? result : ResolvedOperator{};
}

}  // namespace schemadiff::parser
