#include "cli/migration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "cli/files.h"
#include "cli/migration_acts.h"
#include "engine/rules/silencing.h"
#include "parser/do_block.h"
#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

using parser::Act;
using parser::Deed;
using parser::Piece;
using schema::Kind;
using schema::ObjectId;
using schema::QualifiedName;

struct File {
  std::string name, text;
  std::vector<Piece> pieces;
  std::vector<std::vector<Act>> acts;  // by piece
};

std::string_view text_of(const File& file, const Piece& piece) {
  return std::string_view(file.text).substr(piece.begin, piece.end - piece.begin);
}

// In upper case.
std::string first_word(std::string_view statement) {
  std::string word(parser::word_at(statement, parser::skip_blank(statement, 0)));
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return word;
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
  const std::string word = first_word(text_of(file, piece));
  const auto reason = kReasons.find(word);
  const bool unfolds = word == "DO" && !parser::unfold_do_block(file.text, piece).empty();
  return reason == kReasons.end() || unfolds ? std::string() : reason->second;
}

// YYYYMMDDHHMM_slug.sql
bool is_migration_name(const std::string& path) {
  constexpr std::size_t kDigits = 12;
  const std::string stem = std::filesystem::path(path).stem().string();
  if (stem.size() < kDigits + 2 || stem[kDigits] != '_') return false;
  const auto number = [&](std::size_t at) { return std::stoi(stem.substr(at, 2)); };
  return std::all_of(stem.begin(), stem.begin() + kDigits,
                     [](unsigned char c) { return std::isdigit(c) != 0; }) &&
         number(4) >= 1 && number(4) <= 12 && number(6) >= 1 && number(6) <= 31 && number(8) < 24 &&
         number(10) < 60 &&
         stem.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", kDigits) ==
             std::string::npos;
}

std::string is_not_null(const std::string& column) {
  return schema::quote_identifier(column) + " IS NOT NULL";
}

class Judge {
 public:
  Judge(const Comparison& sides, const engine::LintOptions& lint)
      : sides_(sides),
        lint_(lint),
        before_(sides.unrenamed ? *sides.unrenamed : sides.from.catalog) {
    for (const std::string& name : sides.to.catalog.files) {
      if (name.empty()) continue;  // the schema that it starts from
      File& file = files_.emplace_back(File{name, read_file(name), {}, {}});
      file.pieces = parser::split(file.text);
      file.acts = parser::acts_of(file.name, file.text, file.pieces);
    }
    const std::vector<diff::Change> changes = changes_of(sides);
    facts_ = facts_of(sides, changes);
    // A plan for tables that are all small makes each change in one statement.
    engine::PlanOptions small = sides.plan;
    small.facts = {};
    small.facts.others = schema::TableFacts{0.0, 0, 0, 0.0};
    for (const engine::Step& step :
         engine::plan(sides.from.catalog, sides.to.catalog, changes, small).steps) {
      Cost& cost = costs_[step.object];
      cost = std::max(cost, step.lock.rewrites ? Cost::Rewrite
                            : step.lock.scans  ? Cost::Scan
                                               : Cost::None);
    }
    for (const auto& [id, constraint] : before_.constraints)
      if (constraint.contype == 'c' && constraint.validated)
        proofs_.insert({{id.schema, id.parent}, constraint.check->sql});
  }

  std::vector<Finding> findings() {
    for (file_ = files_.data(); file_ != files_.data() + files_.size(); ++file_) {
      piece_ = began_ = nullptr;
      has_timeout_ = false;
      if (!is_migration_name(file_->name))
        add("migration-name", {}, std::filesystem::path(file_->name).filename().string(),
            "Named YYYYMMDDHHMM_slug.sql, migrations stand in the order in which they were "
            "written.");
      start_transaction();
      for (std::size_t i = 0; i < file_->pieces.size(); ++i) {
        piece_ = &file_->pieces[i];
        if (!began_) start_transaction();
        judge(file_->acts[i]);
      }
      if (began_) {
        piece_ = began_;
        add("transaction-left-open", {}, "BEGIN",
            "Nothing ends the transaction: what follows runs in it, or all is lost.");
      }
    }
    return std::move(findings_);
  }

 private:
  void start_transaction() {
    locked_.clear();
    not_valid_.clear();
    values_.clear();
  }

  void judge(const std::vector<Act>& acts) {
    if (const std::string why = not_judged(*file_, *piece_); !why.empty())
      add_at(Level::Note, "not-judged", {}, first_word(text_of(*file_, *piece_)),
             "Not judged. " + why);
    const bool adds_more = std::any_of(
        acts.begin(), acts.end(), [](const Act& act) { return act.deed == Deed::AddEnumValue; });
    for (const std::string& value : values_)
      if (!adds_more &&
          text_of(*file_, *piece_).find(schema::quote_literal(value)) != std::string_view::npos)
        add("enum-value-in-transaction", {}, "value " + schema::quote_literal(value),
            "It was added in the same transaction, which cannot use it yet: the server refuses the "
            "statement.");
    is_behind_ = false;
    for (const Act& act : acts) {
      if (act.deed == Deed::Begin || act.deed == Deed::End) {
        judge_transaction(act);
        continue;
      }
      has_timeout_ = has_timeout_ || act.deed == Deed::SetLockTimeout;
      const QualifiedName relation = relation_of(act);
      judge_form(act, relation);
      judge_locks(act, relation);
      remember(act, relation);
    }
  }

  void judge_transaction(const Act& act) {
    if (act.deed == Deed::Begin && began_)
      add("transaction-left-open", {}, "BEGIN",
          fmt::format("The transaction of line {} goes on: the server only warns of this.",
                      began_->line));
    if (act.deed == Deed::End && !began_)
      add("transaction-left-open", {}, "COMMIT",
          "No transaction was begun here: where something else has begun one, this ends it.");
    began_ = act.deed == Deed::Begin ? (began_ ? began_ : piece_) : nullptr;
    start_transaction();
  }

  // What can be told of the statement whatever it is done to.
  void judge_form(const Act& act, const QualifiedName& relation) {
    const std::string object = name_of(act, relation);
    if (act.concurrently && began_ && act.deed != Deed::RefreshView)
      add("concurrently-in-transaction", relation, object,
          fmt::format("CONCURRENTLY runs outside of transactions alone: the server refuses it in "
                      "that of line {}.",
                      began_->line));
    if (act.cascade)
      add("cascade", relation, object,
          "CASCADE takes along what the statement does not name: drop that by its own name first.");
    if (!is_there(relation)) return;
    if (act.deed == Deed::DropIndex && !act.concurrently)
      add("drop-index-concurrently", relation, object,
          "Reads and writes of the table wait until the lock is there and let go: DROP INDEX "
          "CONCURRENTLY, outside of a transaction, lets them go on.");
    if (act.deed == Deed::Rename)
      add("rename-in-place", relation, object,
          "The application that is deployed knows the old name and fails from then on.");
    if (validates_its_own(act, relation))
      add("validate-in-transaction", relation, object,
          "It was added in the same transaction: its lock is held while all rows are read, and "
          "NOT VALID has won nothing.");
  }

  // What its transaction has added.
  bool validates_its_own(const Act& act, const QualifiedName& relation) const {
    return act.deed == Deed::Validate && not_valid_.contains({relation, act.name});
  }

  // What of the facts of the operation is bad for others.
  void judge_locks(const Act& act, const QualifiedName& relation) {
    if (!is_there(relation)) return;
    const engine::OpFacts& facts = engine::facts_of(
        op_of(act, cost(act, relation), proofs_.contains({relation, is_not_null(act.name)})));
    const bool takes_long = facts.scans || facts.rewrites;
    const std::string object = name_of(act, relation), table = schema::quote_qualified(relation);
    if (facts.rewrites)
      add(act.deed == Deed::AddColumn ? "add-column-rewrite" : "rewrite-table", relation, object,
          "The table is written anew while its reads and writes wait" + remedy(act) + ". (" +
              table + ")");
    else if (facts.scans && blocks_writes(facts))
      add("scan-under-lock", relation, object,
          fmt::format("The table is read while {} wait{}. ({})",
                      blocks_reads(facts) ? "its reads and writes" : "writes", remedy(act), table));
    if (blocks_writes(facts) && !has_timeout_) {
      has_timeout_ = true;  // once is enough
      add("lock-timeout", relation, object,
          "While it waits for its lock all others wait behind it: SET lock_timeout = '2s' before "
          "it, and try again where it fails.");
    }
    const bool waits = takes_long || blocks_writes(facts);
    const auto held = std::find_if(locked_.begin(), locked_.end(), [&](const auto& lock) {
      return lock.first != piece_ && (takes_long || lock.second != relation);
    });
    if (waits && held != locked_.end() && !is_behind_ && !validates_its_own(act, relation)) {
      is_behind_ = true;
      add("behind-exclusive-lock", relation, object,
          fmt::format("Reads and writes of {} wait since line {}, and go on waiting while this {}.",
                      schema::quote_qualified(held->second), held->first->line,
                      takes_long ? "takes as long as " + table + " is large"
                                 : "waits for its lock on " + table));
    }
    if (blocks_reads(facts)) locked_.emplace_back(piece_, relation);
  }

  void remember(const Act& act, const QualifiedName& relation) {
    if (act.deed == Deed::AddConstraint && act.not_valid) not_valid_.insert({relation, act.name});
    if (act.deed == Deed::AddEnumValue) values_.push_back(act.name);
    if (!act.not_null.empty()) {
      const std::string proof = is_not_null(act.not_null);
      if (act.not_valid)
        checks_[{relation, act.name}] = proof;
      else
        proofs_.insert({relation, proof});
    }
    if (const auto check = checks_.find({relation, act.name});
        act.deed == Deed::Validate && check != checks_.end())
      proofs_.insert({relation, check->second});
  }

  Cost cost(const Act& act, const QualifiedName& relation) const {
    const auto found =
        costs_.find(ObjectId{Kind::Column, relation.schema, relation.name, act.name, {}});
    return found == costs_.end() ? Cost::None : found->second;
  }

  // Where nothing says the schema: public, or the one that has a relation of the name.
  QualifiedName with_schema(const QualifiedName& written) const {
    if (!written.schema.empty() || written.name.empty()) return written;
    const QualifiedName in_public{"public", written.name};
    if (!before_.table(in_public))
      for (const auto& [id, table] : before_.tables)
        if (id.name == written.name) return {id.schema, id.name};
    return in_public;
  }

  // The table, where the statement names an index of it.
  QualifiedName relation_of(const Act& act) const {
    const QualifiedName named = with_schema(act.relation);
    if (act.deed != Deed::DropIndex && act.deed != Deed::Reindex) return named;
    for (const auto& [id, index] : before_.indexes)
      if (id.name == named.name && (id.schema == named.schema || act.relation.schema.empty()))
        return index.table;
    return named;
  }

  // What the migration itself has made nobody uses yet; what it renames goes by either name.
  bool is_there(const QualifiedName& relation) const {
    const ObjectId view{Kind::MaterializedView, relation.schema, {}, relation.name, {}};
    const auto holds = [&](const schema::Catalog& catalog) {
      return catalog.table(relation) || catalog.materialized_views.contains(view);
    };
    return holds(before_) || holds(sides_.from.catalog);
  }

  bool is_small(const QualifiedName& relation) const {
    const schema::TableFacts* facts = facts_.find(relation);
    return facts && facts->rows && *facts->rows < sides_.plan.thresholds.small_rows &&
           facts->bytes.value_or(0) < sides_.plan.thresholds.small_bytes;
  }

  // none: it is off.
  std::optional<Level> level_of_rule(const std::string& rule, const QualifiedName& relation) const {
    for (const engine::LintRuleInfo& info : engine::all_lint_rules())
      if (info.id == rule) {
        const auto set = lint_.levels.find(rule);
        const engine::LintLevel level = set == lint_.levels.end() ? info.level : set->second;
        if (level == engine::LintLevel::Off) return std::nullopt;
        return static_cast<Level>(static_cast<int>(level) - 1);
      }
    if (const auto risk = sides_.plan.risks.find(rule); risk != sides_.plan.risks.end())
      return level_of(risk->second);
    if (is_small(relation)) return Level::Note;
    return rule == "rewrite-table" || rule == "add-column-rewrite" ? Level::Error : Level::Warning;
  }

  void add(const std::string& rule, const QualifiedName& relation, std::string object,
           std::string message) {
    if (const std::optional<Level> level = level_of_rule(rule, relation))
      add_at(*level, rule, relation, std::move(object), std::move(message));
  }

  void add_at(Level level, const std::string& rule, const QualifiedName& relation,
              std::string object, std::string message) {
    Finding finding{rule, level, std::move(object), std::move(message),
                    engine::silencing(rule, {Kind::Table, relation.schema, {}, relation.name, {}},
                                      sides_.plan.silences)};
    finding.file = file_->name;
    finding.line = piece_ ? piece_->line : 1;
    finding.column = piece_ ? piece_->column : 1;
    findings_.push_back(std::move(finding));
  }

  const Comparison& sides_;
  const engine::LintOptions& lint_;
  const schema::Catalog& before_;  // with the names that the migration begins with
  std::vector<File> files_;
  schema::Facts facts_;
  std::map<ObjectId, Cost> costs_;
  std::set<std::pair<QualifiedName, std::string>> proofs_;  // what validated checks say
  std::vector<Finding> findings_;
  // Where it is.
  const File* file_ = nullptr;
  const Piece* piece_ = nullptr;
  const Piece* began_ = nullptr;  // what began the transaction; null: none is open
  bool has_timeout_ = false;
  bool is_behind_ = false;
  // Of the transaction.
  std::vector<std::pair<const Piece*, QualifiedName>> locked_;  // exclusively, since a statement
  std::set<std::pair<QualifiedName, std::string>> not_valid_;
  std::map<std::pair<QualifiedName, std::string>, std::string> checks_;  // → what they prove
  std::vector<std::string> values_;                                      // of enums, new ones
};

}  // namespace

bool is_of_plans(const std::string& rule) {
  static const std::set<std::string> kRules{
      "add-column-rewrite", "backfill",        "behind-exclusive-lock",
      "drop-synced-column", "not-valid-left",  "rename-table",
      "rewrite-table",      "scan-under-lock", "swap-columns",
      "sync-trigger",       "validate"};
  return kRules.contains(rule);
}

std::vector<Finding> findings_of_statements(const Comparison& sides,
                                            const engine::LintOptions& lint) {
  return Judge(sides, lint).findings();
}

}  // namespace schemadiff::cli
