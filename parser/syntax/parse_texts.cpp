// Definition texts → trees, many texts in each call of the raw parser: a call has a fixed cost.
#include <string>

#include "parser/syntax/convert.h"
#include "schema/error.h"

namespace schemadiff::parser {
namespace {

constexpr std::size_t kChunkBytes = 16 * 1024;

std::string_view prefix(Form form) {
  switch (form) {
    case Form::Expression:
      return "SELECT (";
    case Form::RoutineBody:
      return "CREATE FUNCTION f() RETURNS int ";
    case Form::PartitionBound:
      return "CREATE TABLE t PARTITION OF p ";
    default:
      return "";
  }
}

// What the statement that wraps a text holds of it; null where it is not of the form.
TreePtr unwrap(const ::Node* statement, Form form) {
  switch (form) {
    case Form::Expression: {
      if (statement->type != T_SelectStmt) return nullptr;
      const auto* select = reinterpret_cast<const ::SelectStmt*>(statement);
      if (!select->targetList || select->targetList->length != 1 || select->fromClause ||
          select->op)
        return nullptr;
      return convert(
          static_cast<const ::ResTarget*>(select->targetList->elements[0].ptr_value)->val);
    }
    case Form::Query:
      switch (statement->type) {
        case T_SelectStmt:
        case T_InsertStmt:
        case T_UpdateStmt:
        case T_DeleteStmt:
        case T_MergeStmt:
          return convert(statement);
        default:
          return nullptr;
      }
    case Form::RoutineBody:
      if (statement->type != T_CreateFunctionStmt) return nullptr;
      return convert(reinterpret_cast<const ::CreateFunctionStmt*>(statement)->sql_body);
    case Form::PartitionBound:
      if (statement->type != T_CreateStmt) return nullptr;
      return convert(reinterpret_cast<const ::CreateStmt*>(statement)->partbound);
  }
  return nullptr;
}

// Fills trees[from, to); false where the parser refuses one of them.
bool parse_chunk(const std::vector<Text>& texts, std::size_t from, std::size_t to,
                 std::vector<TreePtr>& trees) {
  std::string sql;
  for (std::size_t i = from; i < to; ++i) {
    sql += prefix(texts[i].form);
    sql += texts[i].sql;
    sql += texts[i].form == Form::Expression ? "\n);\n" : "\n;\n";
  }
  const ::MemoryContext context = pg_query_enter_memory_context();
  const auto result = pg_query_raw_parse(sql.c_str());
  const bool good =
      !result.error && result.tree && static_cast<std::size_t>(result.tree->length) == to - from;
  if (good) {
    for (std::size_t i = from; i < to; ++i) {
      const auto* raw = static_cast<const ::RawStmt*>(
          result.tree->elements[static_cast<int>(i - from)].ptr_value);
      try {
        trees[i] = unwrap(raw->stmt, texts[i].form);
      } catch (const Error&) {
        trees[i] = nullptr;
      }
    }
  }
  if (result.error) pg_query_free_error(result.error);
  std::free(result.stderr_buffer);
  pg_query_exit_memory_context(context);
  return good;
}

void parse_range(const std::vector<Text>& texts, std::size_t from, std::size_t to,
                 std::vector<TreePtr>& trees) {
  if (from == to || parse_chunk(texts, from, to, trees) || to - from == 1) return;
  const std::size_t middle = from + (to - from) / 2;
  parse_range(texts, from, middle, trees);
  parse_range(texts, middle, to, trees);
}

}  // namespace

std::vector<TreePtr> parse_texts(const std::vector<Text>& texts) {
  std::vector<TreePtr> trees(texts.size());
  std::size_t from = 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    bytes += texts[i].sql.size();
    if (bytes < kChunkBytes) continue;
    parse_range(texts, from, i + 1, trees);
    from = i + 1;
    bytes = 0;
  }
  parse_range(texts, from, texts.size(), trees);
  return trees;
}

}  // namespace schemadiff::parser
