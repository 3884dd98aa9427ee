// Texts → Catalog: each statement is applied in order, those that come too early are tried again.
#include "parser/parser.h"

#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "parser/builder.h"
#include "parser/do_block.h"
#include "parser/encoding.h"
#include "parser/hints.h"
#include "parser/ownership.h"
#include "parser/partitions.h"
#include "parser/raw_statements.h"
#include "parser/split.h"
#include "parser/statements/context.h"

namespace schemadiff::parser {
namespace {

constexpr int kDeepestInclude = 32;

struct Source {
  std::string name;
  std::string text;
  std::vector<Piece> pieces;
};

// A run of pieces of one source between two includes.
struct Segment {
  std::uint32_t source = 0;
  std::size_t begin = 0, end = 0;
};

// A statement that waits for what it needs.
struct Pending {
  std::uint32_t source = 0;
  std::size_t piece = 0;
  std::size_t done = 0;
  int path = 0;
  StorageDefaults storage;
  std::optional<Error> error;
};

void set_place(Error& error, const Source& source, const schema::Span& span, std::size_t offset) {
  if (error.line != 0) return;
  error.file = source.name;
  error.line = span.line;
  error.column = span.column;
  error.source_line = line_at(source.text, offset);
}

// The file that a \i or \ir names; empty when the piece is another meta-command.
std::string included_file(std::string_view command) {
  const bool relative = command.substr(0, 4) == "\\ir ";
  const bool plain = command.substr(0, 3) == "\\i " || command.substr(0, 9) == "\\include ";
  const bool long_relative = command.substr(0, 18) == "\\include_relative ";
  if (!relative && !plain && !long_relative) return {};
  std::string_view file = command.substr(command.find(' '));
  while (!file.empty() && (file.front() == ' ' || file.front() == '\'')) file.remove_prefix(1);
  while (!file.empty() &&
         (file.back() == ' ' || file.back() == '\'' || file.back() == '\r' || file.back() == ';')) {
    file.remove_suffix(1);
  }
  return std::string(file);
}

bool starts_do_block(std::string_view text, const Piece& piece) {
  const char d = text[piece.begin];
  return piece.kind == Piece::Kind::Sql && (d == 'd' || d == 'D') &&
         word_at(text, piece.begin).size() == 2;
}

// Whether the error says only that something is there already.
bool says_exists(const Error& error) {
  return error.message.find("already exists") != std::string::npos ||
         error.message.find("is defined twice") != std::string::npos;
}

class Loader {
 public:
  std::deque<Source> sources;
  std::vector<Segment> segments;

  void load(std::string name, std::string text, int depth) {
    const auto number = static_cast<std::uint32_t>(sources.size());
    Source& source = sources.emplace_back();
    source.name = std::move(name);
    source.text = std::move(text);
    for (const Piece& piece : split(source.text)) {
      std::vector<Piece> unfolded;
      if (starts_do_block(source.text, piece)) unfolded = unfold_do_block(source.text, piece);
      if (unfolded.empty()) unfolded.push_back(piece);
      source.pieces.insert(source.pieces.end(), unfolded.begin(), unfolded.end());
    }
    std::size_t begin = 0;
    for (std::size_t i = 0; i < source.pieces.size(); ++i) {
      const Piece& piece = source.pieces[i];
      if (piece.kind != Piece::Kind::Meta) continue;
      const std::string file =
          included_file(std::string_view(source.text).substr(piece.begin, piece.end - piece.begin));
      if (file.empty()) continue;
      segments.push_back({number, begin, i});
      include(source, piece, file, depth);
      begin = i + 1;
    }
    segments.push_back({number, begin, source.pieces.size()});
  }

 private:
  void include(const Source& source, const Piece& piece, const std::string& file, int depth) {
    namespace fs = std::filesystem;
    std::error_code failure;
    const auto fail = [&](const std::string& message, const std::string& hint) {
      Error error(message, hint);
      set_place(error, source, {0, piece.line, piece.column}, piece.begin);
      throw error;
    };
    if (depth >= kDeepestInclude) fail("files include each other without end", {});
    fs::path path = fs::path(source.name).parent_path() / file;
    if (!fs::is_regular_file(path, failure)) path = file;
    if (!fs::is_regular_file(source.name, failure) || !fs::is_regular_file(path, failure)) {
      fail("cannot find the included file \"" + file + "\"",
           "includes are followed from files only, relative to them or to the working directory");
    }
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    if (!stream) fail("cannot read the included file \"" + file + "\"", {});
    load(path.lexically_normal().string(), std::move(content).str(), depth + 1);
  }
};

class Application {
 public:
  Application(Builder& builder, const Loader& loader) : builder_(builder), loader_(loader) {}

  void run() {
    for (const Segment& segment : loader_.segments) {
      const Source& source = loader_.sources[segment.source];
      parse_raw(source.name, source.text, source.pieces, segment.begin, segment.end,
                [&](const RawStatement& statement) {
                  Pending pending{segment.source, statement.piece,  0,
                                  builder_.path,  builder_.storage, {}};
                  if (loader_.sources.size() > 1 && comes_last(statement.node)) {
                    last_.push_back(std::move(pending));
                  } else if (!try_apply(statement, pending)) {
                    pending_.push_back(std::move(pending));
                  }
                });
    }
    settle();
    pending_.insert(pending_.end(), std::make_move_iterator(last_.begin()),
                    std::make_move_iterator(last_.end()));
    settle();
    if (!pending_.empty()) throw Error(std::move(*pending_.front().error));
  }

 private:
  bool try_apply(const RawStatement& statement, Pending& pending) {
    const Source& source = loader_.sources[pending.source];
    const Piece& piece = source.pieces[statement.piece];
    const schema::Span span{pending.source, piece.line, piece.column};
    Context context{builder_, span,
                    std::string_view(source.text).substr(piece.begin, piece.end - piece.begin),
                    statement.offset, pending.done};
    try {
      apply(context, statement.node);
      return true;
    } catch (Missing& missing) {
      set_place(missing, source, span, piece.begin);
      pending.error = missing;
      return false;
    } catch (Error& error) {
      if (piece.conditional && says_exists(error)) return true;
      set_place(error, source, span, piece.begin);
      throw;
    }
  }

  void settle() {
    bool progress = true;
    while (!pending_.empty() && progress) progress = retry();
  }

  bool retry() {
    std::vector<Pending> waiting = std::move(pending_);
    pending_.clear();
    bool progress = false;
    for (Pending& pending : waiting) {
      const Source& source = loader_.sources[pending.source];
      const std::size_t done = pending.done;
      builder_.path = pending.path;
      builder_.storage = pending.storage;
      bool applied = false;
      parse_raw(source.name, source.text, source.pieces, pending.piece, pending.piece + 1,
                [&](const RawStatement& statement) { applied = try_apply(statement, pending); });
      progress = progress || applied || pending.done > done;
      if (!applied) pending_.push_back(std::move(pending));
    }
    return progress;
  }

  Builder& builder_;
  const Loader& loader_;
  std::vector<Pending> pending_;
  std::vector<Pending> last_;  // those that comes_last() names
};

void declare_names(Builder& builder, const Loader& loader) {
  std::size_t pieces = 0;
  for (const Source& source : loader.sources) pieces += source.pieces.size();
  builder.relations.reserve(pieces / 2);
  builder.constraint_names.reserve(pieces / 4);
  for (const Source& source : loader.sources) {
    for (const Piece& piece : source.pieces) {
      if (piece.kind != Piece::Kind::Sql) continue;
      CreatedName created =
          created_name(std::string_view(source.text).substr(piece.begin, piece.end - piece.begin));
      if (created.name.empty()) continue;
      auto& names = created.routine ? builder.declared_routines : builder.declared_types;
      names.insert(std::move(created.name));
    }
  }
}

// Every database begins with it; its USAGE is granted to all (initdb).
void add_public(Builder& builder) {
  schema::Schema schema;
  schema.id = {schema::Kind::Schema, {}, {}, "public", {}};
  schema.acl = builder.default_acl(schema::Kind::Schema, {});
  schema.acl.push_back({"public", "USAGE", false});
  builder.add(std::move(schema));
}

// Owned sequences always have their table's owner.
void finish_sequences(Builder& builder) {
  for (auto& [id, sequence] : builder.catalog.sequences) {
    if (sequence.owned_by.table.empty()) continue;
    const auto found = builder.relations.find(sequence.owned_by.table);
    if (found != builder.relations.end() && found->second.object) {
      const std::string& owner = found->second.object->owner;
      if (!owner.empty() && sequence.owner != owner) change_owner(sequence, owner);
    }
  }
}

}  // namespace

schema::Catalog parse(const std::vector<SourceText>& texts, const ParseOptions& options) {
  Loader loader;
  for (const SourceText& text : texts) loader.load(text.name, to_utf8(text.text), 0);
  Builder builder;
  for (const Source& source : loader.sources) builder.catalog.files.push_back(source.name);
  builder.catalog.current_role = options.current_role;
  builder.initial_path = options.search_path;
  builder.set_search_path(options.search_path);
  add_public(builder);
  declare_names(builder, loader);
  Application(builder, loader).run();
  finish_sequences(builder);
  finish_valid_checks(builder);
  for (std::uint32_t i = 0; i < loader.sources.size(); ++i)
    collect_hints(loader.sources[i].text, i, builder.catalog);
  return std::move(builder.catalog);
}

}  // namespace schemadiff::parser
