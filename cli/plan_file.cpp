#include "cli/plan_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/verify.h"
#include "schema/digest.h"
#include "schema/error.h"
#include "schema/identity.h"

namespace schemadiff::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kMakeOne =
    "make one with: schemadiff plan --from DB --to SRC --format json -o plan.json";

template <class T, std::size_t N>
T word(const Json& json, const T (&values)[N]) {
  for (const T value : values)
    if (to_string(value) == json.get<std::string>()) return value;
  throw Error("\"" + json.get<std::string>() + "\" is not known");
}

engine::Obstacle obstacle(const Json& json) {
  if (const auto known = engine::obstacle_of(json.get<std::string>())) return *known;
  throw Error("\"" + json.get<std::string>() + "\" is not known");
}

engine::Phase phase(const Json& json) {
  return word(json, {engine::Phase::Expand, engine::Phase::Migrate, engine::Phase::Contract});
}

engine::Risk risk(const Json& json) {
  return word(json, {engine::Risk::Low, engine::Risk::Medium, engine::Risk::High});
}

// "public.orders", quoted where needed, into its two parts.
schema::QualifiedName qualified_name(const std::string& text) {
  std::string parts[2];
  std::size_t part = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"')
      parts[part] += text[i++];
    else if (c == '"')
      quoted = !quoted;
    else if (c == '.' && !quoted && part == 0)
      ++part;
    else
      parts[part] += c;
  }
  return part == 0 ? schema::QualifiedName{{}, parts[0]}
                   : schema::QualifiedName{parts[0], parts[1]};
}

schema::ObjectId object(const Json& json) {
  return schema::id_of({json.at("kind"), json.at("schema"), json.value("parent", ""),
                        json.at("name"), json.value("args", "")});
}

engine::Step step(const Json& json) {
  engine::Step s;
  s.id = json.at("id");
  s.phase = phase(json.at("phase"));
  s.object = object(json.at("object"));
  s.title = json.at("object").at("description");
  s.sql = json.at("statements").get<std::vector<std::string>>();
  s.undo = json.at("undo_statements").get<std::vector<std::string>>();
  s.undo_note = json.at("undo_note");
  s.undo_loses = json.value("undo_loses", false);
  s.reversible = json.at("reversible");
  s.why = json.at("why");
  s.risk = risk(json.at("risk"));
  for (const Json& hit : json.at("rules"))
    s.rules.push_back(
        {hit.at("id"), risk(hit.at("risk")), hit.at("message"), hit.value("silenced", "")});
  const Json& lock = json.at("lock");
  s.lock.mode = lock.at("mode");
  s.lock.relations = lock.at("relations").get<std::vector<std::string>>();
  s.lock.blocks_reads = lock.at("blocks_reads");
  s.lock.blocks_writes = lock.at("blocks_writes");
  s.lock.scans = lock.at("scans");
  s.lock.rewrites = lock.at("rewrites");
  if (!json.at("seconds").is_null()) s.seconds = json.at("seconds").get<double>();
  for (const Json& check : json.value("pre_checks", Json::array())) {
    s.pre_checks.push_back({obstacle(check.at("counts")), {}, check.at("sql"), false, {}});
    if (const Json& found = check.at("found"); !found.is_null())
      s.pre_checks.back().found = found.get<std::int64_t>();
  }
  for (const Json& check : json.value("undo_checks", Json::array()))
    s.undo_checks.push_back({obstacle(check.at("counts")), {}, check.at("sql"), false, {}});
  for (const Json& check : json.value("post_checks", Json::array()))
    s.post_checks.push_back({check.at("what"), check.at("sql")});
  if (const auto backfill = json.find("backfill"); backfill != json.end())
    s.backfill = engine::Backfill{qualified_name(backfill->at("table")),
                                  backfill->at("key").get<std::vector<std::string>>(),
                                  backfill->at("set"), backfill->at("where")};
  s.transaction = json.at("transaction").at("number");
  s.in_transaction = json.at("transaction").at("in_transaction");
  return s;
}

void read_order(const Json& steps, engine::Plan& plan) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) places[plan.steps[i].id] = i;
  for (std::size_t i = 0; i < plan.steps.size(); ++i)
    for (const Json& earlier : steps.at(i).at("after"))
      plan.steps[i].after.push_back(places.at(earlier.get<std::string>()));
}

PlanFile read(const Json& json) {
  PlanFile file;
  file.digest = json.at("digest");
  file.from = json.at("from").at("description");
  file.to = json.at("to").at("description");
  const Json& basis = json.at("basis");
  file.basis = {basis.at("fingerprint"),
                basis.at("owners"),
                basis.at("privileges"),
                {basis.at("schemas").get<std::vector<std::string>>(),
                 basis.at("excludes").get<std::vector<std::string>>()},
                basis.at("objects").get<std::map<std::string, std::string>>(),
                basis.value("server_version", 0)};
  file.plan.search_path = json.at("search_path").get<std::vector<std::string>>();
  file.plan.risk = risk(json.at("risk"));
  for (const Json& item : json.at("steps")) file.plan.steps.push_back(step(item));
  read_order(json.at("steps"), file.plan);
  return file;
}

}  // namespace

PlanFile parse_plan(const std::string& text, const std::string& name) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object() || !json.contains("schemadiff_plan"))
    throw Error(name + " is not a plan in JSON", kMakeOne);
  if (json.at("schemadiff_plan") != 1)
    throw Error(name + " is of another version of the plan format",
                "make the plan with this version of schemadiff");
  if (!json.contains("basis") || !json.contains("digest"))
    throw Error(name + " was not made for a database, which apply would compare with", kMakeOne);
  Json rest = json;
  rest.erase("digest");
  if (json.at("digest") !=
      schema::digest(rest.dump(-1, ' ', false, Json::error_handler_t::replace)))
    throw Error(name + " was changed after it was made: its digest does not match",
                "make the plan anew; what a plan does is changed by its schema files and hints");
  try {
    PlanFile file = read(json);
    if (const std::vector<std::string> wrong = engine::verify(file.plan); !wrong.empty())
      throw Error("the plan is not safe: " + wrong.front());
    return file;
  } catch (const std::logic_error& error) {  // of JSON: a part is missing or of another type
    throw Error(name + " cannot be read as a plan: " + error.what(), kMakeOne);
  } catch (const Json::exception& error) {
    throw Error(name + " cannot be read as a plan: " + error.what(), kMakeOne);
  }
}

}  // namespace schemadiff::cli
