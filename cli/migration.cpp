#include "cli/migration.h"

#include <algorithm>
#include <cctype>

#include "cli/files.h"
#include "engine/rules/silencing.h"
#include "parser/do_block.h"
#include "parser/split.h"
#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

using parser::Piece;

constexpr const char* kRule = "scan-under-lock";

struct File {
  std::string name, text;
  std::vector<Piece> pieces;
};

// The words of a statement in upper case, what is quoted or in parentheses aside.
std::vector<std::string> words_of(std::string_view statement) {
  std::vector<std::string> words;
  std::size_t at = parser::skip_blank(statement, 0);
  for (; at < statement.size();
       at = parser::skip_blank(statement, parser::skip_element(statement, at))) {
    std::string word(parser::word_at(statement, at));
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (!word.empty()) words.push_back(std::move(word));
  }
  return words;
}

std::vector<std::string> words_of(const File& file, const Piece& piece) {
  return words_of(std::string_view(file.text).substr(piece.begin, piece.end - piece.begin));
}

// Why the statement cannot be judged; empty: it can.
std::string not_judged(const File& file, const Piece& piece) {
  static const std::map<std::string, std::string> kReasons{
      {"DO", "What the block does is not known."},
      {"CALL", "What the procedure does is not known."},
      {"EXECUTE", "What the prepared statement does is not known."},
      {"INSERT", "How many rows it writes is not known."},
      {"UPDATE", "How many rows it locks and writes is not known."},
      {"DELETE", "How many rows it takes away is not known."},
      {"MERGE", "How many rows it locks and writes is not known."},
      {"TRUNCATE", "All rows of the table are lost."},
      {"COPY", "How many rows it writes is not known."}};
  const std::vector<std::string> words = words_of(file, piece);
  const auto reason = words.empty() ? kReasons.end() : kReasons.find(words.front());
  const bool unfolds =
      !words.empty() && words.front() == "DO" && !parser::unfold_do_block(file.text, piece).empty();
  return reason == kReasons.end() || unfolds ? std::string() : reason->second;
}

// The statement that begins last before the place.
const Piece* statement_at(const File& file, const schema::Span& span) {
  const Piece* found = nullptr;
  for (const Piece& piece : file.pieces)
    if (piece.line < span.line || (piece.line == span.line && piece.column <= span.column))
      found = &piece;
  return found;
}

bool has(const std::vector<std::string>& words, const std::vector<std::string>& wanted) {
  return std::search(words.begin(), words.end(), wanted.begin(), wanted.end()) != words.end();
}

class Judge {
 public:
  explicit Judge(const Comparison& sides) : sides_(sides) {
    for (const std::string& name : sides.to.catalog.files) {
      files_.push_back({name, name.empty() ? std::string() : read_file(name), {}});
      files_.back().pieces = parser::split(files_.back().text);
    }
  }

  void name_what_is_not_judged() {
    for (const File& file : files_)
      for (const Piece& piece : file.pieces)
        if (const std::string why = not_judged(file, piece); !why.empty())
          add({"not-judged", Level::Note, words_of(file, piece).front(), "Not judged. " + why},
              file, piece);
  }

  void judge_indexes() {
    for (const auto& [id, index] : sides_.to.catalog.indexes)
      if (!sides_.from.catalog.indexes.contains(id))
        judge(index, index.table, {"CONCURRENTLY"},
              "The index is built while writes wait: CREATE INDEX CONCURRENTLY, outside of a "
              "transaction, lets them go on.");
  }

  void judge_constraints() {
    for (const auto& [id, constraint] : sides_.to.catalog.constraints)
      if (!sides_.from.catalog.constraints.contains(id) &&
          (constraint.contype == 'f' || constraint.contype == 'c'))
        judge(constraint, {id.schema, id.parent}, {"NOT", "VALID"},
              "The rows that are there are checked while writes wait: add it NOT VALID, and "
              "VALIDATE CONSTRAINT in a transaction of its own.");
  }

  std::vector<Finding> take() { return std::move(findings_); }

 private:
  // `harmless`: words of a statement that makes the object without holding others up.
  void judge(const schema::Object& object, const schema::QualifiedName& table,
             const std::vector<std::string>& harmless, const std::string& message) {
    if (!sides_.from.catalog.table(table) || object.span.file >= files_.size()) return;
    const File& file = files_[object.span.file];
    const Piece* piece = statement_at(file, object.span);
    if (!piece || has(words_of(file, *piece), harmless)) return;
    add({kRule, Level::Warning, describe(object.id),
         message + " (" + schema::quote_qualified(table) + ")",
         engine::silencing(kRule, object.id, sides_.plan.silences)},
        file, *piece);
  }

  void add(Finding finding, const File& file, const Piece& piece) {
    finding.file = file.name;
    finding.line = piece.line;
    finding.column = piece.column;
    findings_.push_back(std::move(finding));
  }

  const Comparison& sides_;
  std::vector<File> files_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> findings_of_statements(const Comparison& sides) {
  Judge judge(sides);
  judge.judge_indexes();
  judge.judge_constraints();
  judge.name_what_is_not_judged();
  return judge.take();
}

}  // namespace schemadiff::cli
