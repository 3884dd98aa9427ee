// Runs the analysis over a catalog: definition by definition, views before what reads them.
#include "parser/analyze/analyze.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "parser/analyze/analyzer.h"
#include "parser/analyze/definitions.h"
#include "parser/analyze/other_versions.h"
#include "schema/ddl/ddl.h"

namespace schemadiff::parser {
namespace {

using namespace schema;

// The names that the columns of a view get: those that its definition gives it, then the query's
// own. Other entries are found by what the query calls them.
std::vector<ViewColumn> merge_columns(const std::vector<ViewColumn>& given,
                                      const std::vector<TypedTarget>& output) {
  std::vector<ViewColumn> columns(output.size());
  for (std::size_t i = 0; i < output.size(); ++i) columns[i].name = output[i].name;
  const auto put = [](const ViewColumn& column, ViewColumn& place) {
    place = column;
    place.query_name.clear();
  };
  for (const ViewColumn& column : given) {
    if (column.query_name.empty()) continue;
    const auto place =
        std::ranges::find(columns, *column.query_name, [](const ViewColumn& c) { return c.name; });
    if (place != columns.end()) put(column, *place);
  }
  std::size_t position = 0;
  for (const ViewColumn& column : given)
    if (column.query_name.empty() && position < columns.size()) put(column, columns[position++]);
  return columns;
}

class Run {
 public:
  Run(Catalog& catalog, const TypeSystem& system, int version)
      : catalog_(catalog), system_(system), version_(version), shared_{system, catalog, {}, {}} {
    shared_.need_view = [this](const ObjectId& id) { need_view(id); };
  }

  void pass(std::vector<Definition> definitions);

 private:
  enum class State : std::uint8_t { Waiting, Running, Done };

  void one(std::size_t index);
  void compare_as_text(Definition& definition);
  void copy_from_first(std::size_t index);
  void parse_next();
  TreePtr take_tree(std::size_t index);
  void need_view(const ObjectId& id);
  void view(Definition& definition, Tree& tree, Analyzer& analyzer, NormalOptions& options);
  void body(Tree& tree, Analyzer& analyzer, NormalOptions& options, Expr& expr);
  std::string bound(Definition& definition, Tree& tree, Analyzer& analyzer, NormalOptions& options);
  std::vector<TypeRef> key_types(const QualifiedName& table);
  SearchPath path_of(const Object& object) const;
  void set_params(const Routine& routine, Analyzer& analyzer) const;

  Catalog& catalog_;
  const TypeSystem& system_;
  int version_;  // of the server that understands the texts; 0: the grammar's own
  SharedAnalysis shared_;
  std::vector<Definition> definitions_;
  std::vector<TreePtr> trees_;
  std::size_t parsed_ = 0;  // definitions before this one have their trees
  std::vector<State> states_;
  std::vector<std::size_t> first_;  // of each definition, the first one that means just the same
  std::map<ObjectId, std::size_t> views_;
  std::map<QualifiedName, std::vector<TypeRef>> key_types_;
};

SearchPath Run::path_of(const Object& object) const {
  const auto index = static_cast<std::size_t>(object.search_path);
  return index < catalog_.search_paths.size() ? SearchPath(catalog_.search_paths[index])
                                              : SearchPath();
}

void Run::need_view(const ObjectId& id) {
  const auto place = views_.find(id);
  if (place != views_.end() && states_[place->second] == State::Waiting) one(place->second);
}

void Run::set_params(const Routine& routine, Analyzer& analyzer) const {
  std::vector<NamedParam> params;
  for (const Argument& argument : routine.arguments) {
    if (argument.mode == 'o' || argument.mode == 't') continue;
    params.push_back({argument.name, system_.parse(argument.type.sql)});
  }
  analyzer.params(std::move(params), routine.id.name);
}

void Run::view(Definition& definition, Tree& tree, Analyzer& analyzer, NormalOptions& options) {
  Query* query = analyzer.query(tree);
  auto& columns = *definition.columns;
  const bool known = !columns.empty() &&
                     std::all_of(columns.begin(), columns.end(),
                                 [](const ViewColumn& column) { return !column.type.empty(); });
  if (!known) columns = merge_columns(columns, query->targets);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    names.push_back(columns[i].name);
    if (!columns[i].type.empty() || i >= query->targets.size()) continue;
    const Typed* value = query->targets[i].value;
    if (!value || !value->type) continue;
    columns[i].type.sql = system_.text(value->type);
    if (*columns[i].storage == storage_word(system_.info(value->type.id).storage))
      columns[i].storage.clear();
  }
  options.loose = analyzer.loose;
  definition.expr->normal = normal_query(options, *query, names);
}

void Run::body(Tree& tree, Analyzer& analyzer, NormalOptions& options, Expr& expr) {
  std::string normal;
  const auto statement = [&](Tree& kid) {
    Query* query = analyzer.query(kid);
    options.loose = analyzer.loose;
    normal += normal_query(options, *query, {});
  };
  if (tree.tag == Tag::Block) {
    normal = "block ";
    for (const auto& kid : tree.kids)
      if (kid) statement(*kid);
  } else {
    statement(tree);
  }
  expr.normal = std::move(normal);
}

std::vector<TypeRef> Run::key_types(const QualifiedName& name) {
  const auto [place, added] = key_types_.try_emplace(name);
  const Table* table = std::as_const(catalog_).table(name);
  if (!added || !table) return place->second;
  for (const KeyElement& element : table->partition_key.elements) {
    TypeRef type;
    if (!element.column.empty()) {
      if (const Column* column = table->find(element.column))
        type = system_.parse(column->type.sql);
    } else if (auto trees = parse_texts({{element.expression.sql, Form::Expression}}); trees[0]) {
      Analyzer analyzer(shared_, path_of(*table), false);
      analyzer.stand_on(name.schema, name.name);
      type = analyzer.expression(*trees[0])->type;
    }
    place->second.push_back(type);
  }
  return place->second;
}

// The server evaluates the values of a bound, so that only their output counts.
std::string Run::bound(Definition& definition, Tree& tree, Analyzer& analyzer,
                       NormalOptions& options) {
  const std::vector<TypeRef> types = key_types(definition.relation);
  std::string normal = tree.text;
  const auto value = [&](Tree& written, TypeRef target) {
    normal += ' ';
    if (written.tag == Tag::BoundLimit) {
      normal += written.op < 0 ? "min" : "max";
      return;
    }
    Typed* typed = analyzer.expression(written);
    const Typed* constant = typed;
    while (constant->kind == TypedKind::Coerce) constant = constant->kids[0];
    if (constant->kind != TypedKind::Constant) {
      analyzer.unproven = true;
      normal += normal_expression(options, *analyzer.assign(typed, target), false);
      return;
    }
    if (constant->null) {
      normal += "null";
      return;
    }
    const auto output = literal_output(system_, target, constant->text);
    if (!output) analyzer.unproven = true;
    normal += '\'' + output.value_or(constant->text) + '\'';
  };
  if (tree.text == "in") {
    for (const auto& kid : tree.kids) value(*kid, types.empty() ? TypeRef{} : types[0]);
  } else if (tree.text == "range") {
    for (const auto& side : tree.kids) {
      normal += " |";
      for (std::size_t i = 0; i < side->kids.size(); ++i)
        value(*side->kids[i], i < types.size() ? types[i] : TypeRef{});
    }
  } else {
    for (const auto& kid : tree.kids) normal += ' ' + kid->text;
  }
  return normal;
}

// Defaults of columns see no rows: the same text for the same type means the same.
std::vector<std::size_t> first_of_equals(const std::vector<Definition>& definitions) {
  using Key = std::tuple<int, std::string_view, std::string_view>;
  std::map<Key, std::size_t> seen;
  std::vector<std::size_t> first(definitions.size());
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    const Definition& definition = definitions[i];
    first[i] = i;
    const bool of_a_column = definition.role == Role::Assigned && definition.relation.empty() &&
                             definition.refs != &definition.owner->refs && definition.target;
    if (of_a_column)
      first[i] = seen.try_emplace(Key{definition.owner->search_path, definition.target->sql,
                                      definition.expr->sql},
                                  i)
                     .first->second;
  }
  return first;
}

void Run::copy_from_first(std::size_t index) {
  const Definition& first = definitions_[first_[index]];
  *definitions_[index].expr = *first.expr;
  *definitions_[index].refs = *first.refs;
  states_[index] = State::Done;
}

// The column whose references the definition's are; null: it is no column's.
const Column* column_of(const Definition& definition) {
  if (definition.owner->id.kind != Kind::Table) return nullptr;
  const auto& columns = static_cast<const Table&>(*definition.owner).columns;
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& column) {
    return &column.default_refs == definition.refs;
  });
  return found == columns.end() ? nullptr : &*found;
}

// What a server newer than the grammar has understood: its word is taken for what the text refers
// to, columns of the definition's own table are those that it names.
void Run::compare_as_text(Definition& definition) {
  definition.expr->normal = folded(definition.expr->sql);
  definition.expr->unproven = true;
  if (catalog_.server_version == 0) return;
  ObjectId owner = definition.owner->id;
  if (const Column* column = column_of(definition))
    owner = {Kind::Default, owner.schema, owner.name, column->name, {}};
  catalog_.notes.push_back("a definition of " + describe(owner) +
                           " is beyond the grammar, which is that of PostgreSQL 15: it is compared "
                           "as a text");
  std::vector<ObjectId>& refs = *definition.refs;
  if (const auto known = catalog_.dependencies.find(owner); known != catalog_.dependencies.end())
    refs.insert(refs.end(), known->second.begin(), known->second.end());
  const Table* table = std::as_const(catalog_).table(definition.relation);
  if (!table || definition.role == Role::Bound) return;
  for (const Column& column : table->columns)
    if (names_column(definition.expr->sql, column.name))
      refs.push_back({Kind::Column, table->id.schema, table->id.name, column.name, {}});
}

void Run::one(std::size_t index) {
  Definition& definition = definitions_[index];
  if (states_[index] != State::Waiting) return;
  if (first_[index] != index) return copy_from_first(index);
  states_[index] = State::Running;
  Expr& expr = *definition.expr;
  const TreePtr tree = take_tree(index);
  if (!tree) {
    compare_as_text(definition);
    states_[index] = State::Done;
    return;
  }
  if (version_ != 0 && version_ < 14) say_as_calls(*tree);
  const SearchPath path = path_of(*definition.owner);
  Analyzer analyzer(shared_, path, !path.empty());
  NormalOptions options{system_, false, {}};
  if (definition.old_and_new) {
    for (const char* row : {"old", "new"}) {
      analyzer.stand_on(definition.relation.schema, definition.relation.name, row,
                        definition.plain_row == row);
      options.used_names.emplace_back(row);
    }
  } else if (!definition.relation.empty() && definition.role != Role::Bound) {
    analyzer.stand_on(definition.relation.schema, definition.relation.name);
    options.used_names.push_back(definition.relation.name);
  }
  if (definition.domain) analyzer.domain_value(system_.parse(definition.domain->sql));
  TypeRef target;
  if (definition.target) target = system_.parse(definition.target->sql);
  if (definition.role == Role::Argument) target.typmod = -1;
  Typed* value = nullptr;
  switch (definition.role) {
    case Role::Value:
      value = analyzer.expression(*tree);
      break;
    case Role::Assigned:
    case Role::Argument:
      value = analyzer.assign(analyzer.expression(*tree), target);
      break;
    case Role::Condition:
      value = analyzer.to_boolean(analyzer.expression(*tree));
      break;
    case Role::Query:
      view(definition, *tree, analyzer, options);
      break;
    case Role::Action: {
      Query* query = analyzer.query(*tree);
      options.loose = analyzer.loose;
      expr.normal = normal_query(options, *query, {});
      break;
    }
    case Role::Body:
      set_params(static_cast<const Routine&>(*definition.owner), analyzer);
      body(*tree, analyzer, options, expr);
      break;
    case Role::Bound:
      expr.normal = bound(definition, *tree, analyzer, options);
      break;
  }
  if (value) {
    options.loose = analyzer.loose;
    expr.normal = normal_expression(options, *value, false);
  }
  expr.unproven = analyzer.unproven;
  if (!path.empty()) expr.sql = print(*tree);
  definition.refs->insert(definition.refs->end(), analyzer.refs.begin(), analyzer.refs.end());
  states_[index] = State::Done;
}

Text text_of(const Definition& definition) {
  std::string_view sql = definition.expr->sql;
  while (!sql.empty() && (sql.back() == ';' || sql.back() == ' ' || sql.back() == '\n'))
    sql.remove_suffix(1);
  switch (definition.role) {
    case Role::Query:
    case Role::Action:
      return {sql, Form::Query};
    case Role::Body:
      return {sql, Form::RoutineBody};
    case Role::Bound:
      return {sql, Form::PartitionBound};
    default:
      return {sql, Form::Expression};
  }
}

// A view that is needed before its turn is parsed alone.
TreePtr Run::take_tree(std::size_t index) {
  if (index < parsed_) return std::move(trees_[index]);
  return std::move(parse_texts({text_of(definitions_[index])})[0]);
}

// Trees take many times the room of their texts: only those of a batch are held.
void Run::parse_next() {
  constexpr std::size_t kBatch = 1000;
  std::vector<Text> texts;
  std::vector<std::size_t> places;
  for (; parsed_ < definitions_.size() && places.size() < kBatch; ++parsed_) {
    if (first_[parsed_] != parsed_) continue;
    texts.push_back(text_of(definitions_[parsed_]));
    places.push_back(parsed_);
  }
  std::vector<TreePtr> trees = parse_texts(texts);
  for (std::size_t i = 0; i < places.size(); ++i) trees_[places[i]] = std::move(trees[i]);
}

void Run::pass(std::vector<Definition> definitions) {
  definitions_ = std::move(definitions);
  first_ = first_of_equals(definitions_);
  views_.clear();
  for (std::size_t i = 0; i < definitions_.size(); ++i)
    if (definitions_[i].role == Role::Query) views_.emplace(definitions_[i].owner->id, i);
  trees_.clear();
  trees_.resize(definitions_.size());
  parsed_ = 0;
  states_.assign(definitions_.size(), State::Waiting);
  for (std::size_t i = 0; i < definitions_.size(); ++i) {
    if (i == parsed_) parse_next();
    one(i);
  }
}

}  // namespace

void analyze(Catalog& catalog, const ExtensionObjects& environment, int server_version) {
  // a live side knows its own; a second copy of them would make every call ambiguous
  const bool knows_own = !catalog.extensions.empty() && catalog.server_version != 0;
  const ExtensionObjects none;
  const TypeSystem system(catalog, knows_own ? none : environment);
  Run run(catalog, system, catalog.server_version ? catalog.server_version : server_version);
  run.pass(definitions_of(catalog));
  run.pass(view_defaults_of(catalog));
  add_member_privileges(catalog, environment);
  if (catalog.server_version == 0) forget_lost_toast_options(catalog, system);
  add_structural_refs(catalog, system);
}

}  // namespace schemadiff::parser
