// Feeds libpg_query chunks of statements: a call for each statement would cost system calls.
#include "parser/raw_statements.h"

#include <cstring>
#include <string>

#include "parser/newer_syntax.h"
#include "parser/syntax/raw_nodes.h"
#include "schema/error.h"

namespace schemadiff::parser {
namespace {

constexpr std::size_t kChunkBytes = 64 * 1024;

struct Memory {
  MemoryContext context = pg_query_enter_memory_context();
  Memory() = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() { pg_query_exit_memory_context(context); }
};

struct RawParse {
  PgQueryInternalParsetreeAndError result;
  explicit RawParse(const std::string& source) : result(pg_query_raw_parse(source.c_str())) {}
  RawParse(const RawParse&) = delete;
  RawParse& operator=(const RawParse&) = delete;
  ~RawParse() {
    std::free(result.stderr_buffer);
    if (result.error) pg_query_free_error(result.error);
  }
};

std::string_view piece_text(std::string_view source, const Piece& piece) {
  return source.substr(piece.begin, piece.end - piece.begin);
}

// Byte offset of the character with this number (from 1); the grammar counts characters.
std::size_t byte_of(std::string_view source, int character) {
  std::size_t at = 0;
  for (int i = 1; i < character && at < source.size(); ++i) {
    ++at;
    while (at < source.size() && (static_cast<unsigned char>(source[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

[[noreturn]] void refuse(std::string_view name, std::string_view source, const Piece& piece,
                         const PgQueryError& raw) {
  const std::string_view statement = piece_text(source, piece);
  const std::size_t at = raw.cursorpos > 0 ? byte_of(statement, raw.cursorpos) : 0;
  const std::string message = raw.message ? raw.message : "syntax error";
  const bool grammar = message.starts_with("syntax error");
  Error error(message, grammar ? syntax_hint(statement, at) : std::string());
  error.file = name;
  error.line = piece.line;
  error.column = piece.column;
  for (std::size_t i = 0; i < at; ++i) {
    if (statement[i] == '\n') {
      ++error.line;
      error.column = 1;
    } else if ((static_cast<unsigned char>(statement[i]) & 0xC0) != 0x80) {
      ++error.column;
    }
  }
  error.source_line = line_at(source, piece.begin + at);
  throw error;
}

class ChunkParser {
 public:
  ChunkParser(std::string_view name, std::string_view source, const std::vector<Piece>& pieces,
              const std::function<void(const RawStatement&)>& apply)
      : name_(name), source_(source), pieces_(pieces), apply_(apply) {}

  void run(const std::vector<std::size_t>& numbers) {
    std::string chunk;
    std::vector<RawStatement> statements;
    for (const std::size_t number : numbers) {
      statements.push_back({nullptr, number, chunk.size()});
      chunk += piece_text(source_, pieces_[number]);
      chunk += "\n;";  // the line end closes a comment that the piece may end with
    }
    const Memory memory;
    const RawParse parse(chunk);
    const ::List* tree = parse.result.tree;
    const bool matches =
        !parse.result.error && tree && static_cast<std::size_t>(tree->length) == numbers.size();
    if (!matches && numbers.size() > 1) {
      // Either a syntax error, or a piece that is not one statement: one by one tells.
      for (const std::size_t number : numbers) run({number});
      return;
    }
    if (parse.result.error) refuse(name_, source_, pieces_[numbers[0]], *parse.result.error);
    if (!tree) return;
    for (int i = 0; i < tree->length; ++i) {
      RawStatement statement = statements[matches ? static_cast<std::size_t>(i) : 0];
      statement.node = static_cast<const ::RawStmt*>(tree->elements[i].ptr_value)->stmt;
      apply_(statement);
    }
  }

 private:
  std::string_view name_, source_;
  const std::vector<Piece>& pieces_;
  const std::function<void(const RawStatement&)>& apply_;
};

}  // namespace

std::string_view line_at(std::string_view source, std::size_t offset) {
  const auto before = source.substr(0, offset).rfind('\n');
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const auto end = source.find('\n', begin);
  return source.substr(begin, end == std::string_view::npos ? end : end - begin);
}

void parse_raw(std::string_view name, std::string_view source, const std::vector<Piece>& pieces,
               std::size_t begin, std::size_t end,
               const std::function<void(const RawStatement&)>& apply) {
  ChunkParser parser(name, source, pieces, apply);
  std::vector<std::size_t> numbers;
  std::size_t bytes = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (pieces[i].kind != Piece::Kind::Sql) continue;
    if (piece_text(source, pieces[i]).find('\0') != std::string_view::npos) {
      Error error("the text holds a zero byte");
      error.file = name;
      error.line = pieces[i].line;
      throw error;
    }
    numbers.push_back(i);
    bytes += pieces[i].end - pieces[i].begin;
    if (bytes >= kChunkBytes) {
      parser.run(numbers);
      numbers.clear();
      bytes = 0;
    }
  }
  if (!numbers.empty()) parser.run(numbers);
}

}  // namespace schemadiff::parser
