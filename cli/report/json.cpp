// Plans, checks and catalogs for programs. Keys keep their order.
#include <array>
#include <nlohmann/json.hpp>

#include "cli/options.h"
#include "cli/report/escape.h"
#include "cli/report/model.h"
#include "cli/report/place.h"
#include "schema/digest.h"
#include "schema/fingerprint.h"
#include "schema/quote.h"

namespace schemadiff::cli {
namespace {

using Json = nlohmann::ordered_json;
using schema::Catalog;

Json joined(const std::vector<std::string>& statements) {
  std::string text;
  for (const std::string& statement : statements)
    text += (text.empty() ? "" : "\n") + statement + ";";
  return text;
}

Json object_json(const schema::ObjectId& id) {
  Json json{{"kind", kind_label(id.kind)}, {"schema", id.schema}, {"name", id.name}};
  if (!id.parent.empty()) json["parent"] = id.parent;
  if (!id.args.empty() || id.kind == schema::Kind::Routine || id.kind == schema::Kind::Aggregate)
    json["args"] = id.args;
  json["description"] = describe(id);
  return json;
}

Json span_json(const schema::Span& span, const Catalog& catalog) {
  if (!span.line || span.file >= catalog.files.size()) return nullptr;
  return {{"file", catalog.files[span.file]}, {"line", span.line}, {"column", span.column}};
}

Json sides_json(const char* format, const Comparison& sides) {
  Json json;
  json[format] = 1;
  json["tool_version"] = version();
  json["from"] = {{"description", sides.from.description}};
  json["to"] = {{"description", sides.to.description}};
  return json;
}

Json not_compared_json(const Comparison& sides) {
  Json list = Json::array();
  for (const NotCompared& n : sides.not_compared) {
    const Catalog& catalog = n.side == "from" ? sides.from.catalog : sides.to.catalog;
    list.push_back({{"side", n.side},
                    {"kind", n.item.kind},
                    {"name", n.item.name},
                    {"attribute", n.item.attribute},
                    {"source", span_json(n.item.span, catalog)}});
  }
  return list;
}

Json phases_json(const engine::Plan& plan) {
  Json list = Json::array();
  for (const engine::Phase phase :
       {engine::Phase::Expand, engine::Phase::Migrate, engine::Phase::Contract}) {
    Json ids = Json::array();
    engine::Risk risk = engine::Risk::Low;
    for (const engine::Step& step : plan.steps)
      if (step.phase == phase) {
        ids.push_back(step.id);
        risk = std::max(risk, step.risk);
      }
    if (!ids.empty())
      list.push_back({{"phase", to_string(phase)}, {"risk", to_string(risk)}, {"steps", ids}});
  }
  return list;
}

Json lock_json(const engine::LockClaim& lock) {
  Json json{{"mode", lock.mode},
            {"relations", lock.relations},
            {"blocks_reads", lock.blocks_reads},
            {"blocks_writes", lock.blocks_writes},
            {"scans", lock.scans},
            {"rewrites", lock.rewrites}};
  for (const engine::RelationLock& weaker : lock.weaker)
    json["weaker"].push_back({{"relation", weaker.relation}, {"mode", weaker.mode}});
  return json;
}

Json hold_json(const std::optional<engine::Hold>& hold) {
  if (!hold) return nullptr;
  return {{"steps", hold->steps},
          {"relations", hold->relations},
          {"seconds", hold->seconds ? Json(*hold->seconds) : Json(nullptr)}};
}

Json step_json(const engine::Plan& plan, const engine::Step& step, const Catalog& to) {
  Json json;
  json["id"] = step.id;
  json["phase"] = to_string(step.phase);
  json["object"] = object_json(step.object);
  json["object"]["description"] = step.title;
  json["sql"] = joined(step.sql);
  json["statements"] = step.sql;
  json["undo"] = step.undo.empty() ? Json(nullptr) : joined(step.undo);
  json["undo_statements"] = step.undo;
  json["undo_note"] = step.undo_note;
  if (step.undo_loses) json["undo_loses"] = true;
  json["reversible"] = step.reversible;
  json["why"] = step.why;
  json["risk"] = to_string(step.risk);
  json["rules"] = Json::array();
  for (const engine::RuleHit& hit : step.rules) {
    json["rules"].push_back(
        {{"id", hit.rule}, {"risk", to_string(hit.risk)}, {"message", hit.message}});
    if (!hit.silenced.empty()) json["rules"].back()["silenced"] = hit.silenced;
  }
  json["lock"] = lock_json(step.lock);
  json["seconds"] = step.seconds ? Json(*step.seconds) : Json(nullptr);
  for (const engine::PreCheck& check : step.pre_checks)
    json["pre_checks"].push_back({{"counts", to_string(check.counts)},
                                  {"sql", check.sql},
                                  {"expected", 0},
                                  {"found", check.found ? Json(*check.found) : Json(nullptr)}});
  for (const engine::PreCheck& check : step.undo_checks)
    json["undo_checks"].push_back({{"counts", to_string(check.counts)}, {"sql", check.sql}});
  for (const engine::CatalogCheck& check : step.post_checks)
    json["post_checks"].push_back({{"what", check.what}, {"sql", check.sql}});
  if (step.backfill)
    json["backfill"] = {{"table", schema::quote_qualified(step.backfill->table)},
                        {"key", step.backfill->key},
                        {"set", step.backfill->set},
                        {"where", step.backfill->where}};
  json["transaction"] = {{"number", step.transaction}, {"in_transaction", step.in_transaction}};
  json["unproven"] = step.unproven;
  json["after"] = Json::array();
  for (const std::size_t i : step.after) json["after"].push_back(plan.steps[i].id);
  json["source"] = span_json(step.span, to);
  return json;
}

// What of a database apply compares with what it finds then.
Json basis_json(const Comparison& sides) {
  const diff::CompareOptions& compare = sides.plan.compare;
  const schema::ObjectDigests digests = schema::object_digests(
      sides.unrenamed ? *sides.unrenamed : sides.from.catalog, compare.owners, compare.privileges);
  Json objects = Json::object();
  for (const auto& [id, digest] : digests) objects[describe(id)] = digest;
  return {{"fingerprint", schema::fingerprint(digests)},
          {"owners", compare.owners},
          {"privileges", compare.privileges},
          {"schemas", sides.narrowing.include},
          {"excludes", sides.narrowing.exclude},
          {"server_version", sides.from.catalog.server_version},
          {"objects", objects}};
}

std::string_view to_string(diff::Action action) {
  return std::array<std::string_view, 4>{"create", "drop", "alter",
                                         "replace"}[static_cast<std::size_t>(action)];
}

// Attribute values. One overload per type that a kind's attribute table holds.
Json value(bool v) { return v; }
Json value(int v) { return v; }
Json value(double v) { return v; }
Json value(char v) { return v ? Json(std::string(1, v)) : Json(nullptr); }
Json value(const std::string& v) { return v; }
Json value(const schema::QualifiedName& v) {
  return v.schema.empty() ? v.name : v.schema + "." + v.name;
}
Json value(const schema::TypeName& v) { return v.sql; }
Json value(const schema::SecurityLabel& v) {
  return {{"provider", v.provider}, {"label", v.label}};
}
Json value(const schema::Grant& v) {
  return {{"grantee", v.grantee}, {"privilege", v.privilege}, {"grantable", v.grantable}};
}
Json value(const std::pair<std::string, std::string>& v) {
  return {{"name", v.first}, {"value", v.second}};
}
Json value(const schema::ObjectId& v) { return describe(v); }

Json value(const schema::Expr& v) {
  if (v.empty()) return nullptr;
  return {{"sql", v.sql}, {"normal", v.normal}, {"unproven", v.unproven}};
}

Json value(const schema::SequenceOptions& v) {
  return {{"type", v.type.sql}, {"start", v.start}, {"increment", v.increment}, {"min", v.min},
          {"max", v.max},       {"cache", v.cache}, {"cycle", v.cycle}};
}

Json value(const schema::OwnedBy& v) { return {{"table", value(v.table)}, {"column", v.column}}; }
Json value(const schema::ReplicaIdentity& v) {
  return {{"mode", value(v.mode)}, {"index", v.index}};
}

template <class T>
Json value(const std::optional<T>& v) {
  return v ? value(*v) : Json(nullptr);
}

template <class T>
Json value(const std::vector<T>& v);

template <class T>
Json value(const schema::Rare<T>& v) {
  return value(*v);
}

Json value(const schema::ColumnAcl& v) {
  return {{"column", v.column}, {"privileges", value(v.acl)}};
}

Json value(const schema::KeyElement& v) {
  return {{"column", v.column},
          {"expression", value(v.expression)},
          {"collation", value(v.collation)},
          {"opclass", value(v.opclass)}};
}

Json value(const schema::PartitionKey& v) {
  return {{"strategy", v.strategy}, {"elements", value(v.elements)}};
}

Json value(const schema::IndexElement& v) {
  return {{"column", v.column},
          {"expression", value(v.expression)},
          {"collation", value(v.collation)},
          {"opclass", value(v.opclass)},
          {"opclass options", value(v.opclass_options)},
          {"descending", v.descending},
          {"nulls first", v.nulls_first},
          {"operator", value(v.op)},
          {"statistics target", v.statistics}};
}

Json value(const schema::Argument& v) {
  return {{"mode", value(v.mode)},
          {"name", v.name},
          {"type", value(v.type)},
          {"default", value(v.default_value)}};
}

Json value(const schema::DomainConstraint& v) {
  return {{"name", v.name},
          {"check", value(v.check)},
          {"validated", v.validated},
          {"comment", v.comment}};
}

Json value(const schema::CompositeAttribute& v) {
  return {{"name", v.name},
          {"type", value(v.type)},
          {"collation", value(v.collation)},
          {"comment", v.comment}};
}

Json value(const schema::ViewColumn& v) {
  return {{"name", v.name},
          {"type", value(v.type)},
          {"default", value(v.default_value)},
          {"comment", v.comment},
          {"security labels", value(*v.security_labels)},
          {"storage", value(*v.storage)},
          {"compression", value(*v.compression)},
          {"statistics target", v.statistics},
          {"options", value(*v.options)}};
}

Json value(const schema::FamilyMember& v) {
  return {{"kind", v.is_function ? "function" : "operator"},
          {"number", v.number},
          {"left", value(v.left)},
          {"right", value(v.right)},
          {"name", value(v.name)},
          {"arguments", v.args},
          {"order by", value(v.order_by)}};
}

Json value(const schema::TextSearchMapping& v) {
  return {{"token", v.token}, {"dictionaries", value(v.dictionaries)}};
}

Json value(const schema::PartitionState& v) {
  return {{"partition", value(v.partition)}, {"enabled", value(v.enabled)}};
}

Json value(const schema::PublishedTable& v) {
  return {{"table", value(v.table)}, {"columns", v.columns}, {"filter", value(v.filter)}};
}

template <class T>
Json value(const std::vector<T>& v) {
  Json list = Json::array();
  for (const T& item : v) list.push_back(value(item));
  return list;
}

// Of what is on one side only.
Json definition_json(const diff::Change& change, const Comparison& sides) {
  const bool missing = change.action == diff::Action::Create;
  if (!missing && change.action != diff::Action::Drop) return nullptr;
  std::string text;
  for (const std::string& line :
       definition_lines(change.id, missing ? sides.to.catalog : sides.from.catalog))
    text += (text.empty() ? "" : "\n") + line;
  return text;
}

std::string_view to_string(diff::Moved moved) {
  return std::array<std::string_view, 4>{"neither", "database", "files",
                                         "both"}[static_cast<std::size_t>(moved)];
}

void add_movement(const diff::Movement& movement, Json& item) {
  item["moved"] = to_string(movement.moved);
  for (std::size_t i = 0; i < movement.attributes.size(); ++i) {
    Json& attribute = item["attributes"][i];
    attribute["moved"] = to_string(movement.attributes[i]);
    if (movement.attributes[i] != diff::Moved::Neither)
      attribute["last_state"] = movement.before[i];
  }
}

template <class T>
void add_attributes(const T& object, Json& json) {
  schema::for_each_attribute<T>(
      [&](const auto& a) { json[std::string(a.name)] = value(object.*(a.member)); });
}

Json column_json(const schema::Column& column, const Catalog& catalog) {
  Json json{{"name", column.name}};
  add_attributes(column, json);
  json["refers to"] = value(column.refs);
  json["default refers to"] = value(column.default_refs);
  json["source"] = span_json(column.span, catalog);
  return json;
}

template <class T>
Json any_object_json(const T& object, const Catalog& catalog) {
  Json json = object_json(object.id);
  add_attributes(object, json["attributes"] = Json::object());
  if constexpr (std::is_same_v<T, schema::Table>)
    for (const schema::Column& column : object.columns)
      json["columns"].push_back(column_json(column, catalog));
  json["owner"] = object.owner;
  json["privileges"] = value(object.acl);
  json["column privileges"] = value(object.column_acls);
  json["comment"] = object.comment;
  if (!object.security_labels.empty()) json["security labels"] = value(*object.security_labels);
  json["refers to"] = value(object.refs);
  json["source"] = span_json(object.span, catalog);
  return json;
}

Json proof_json(const Proof& proof) {
  const auto leg = [](const Leg& l) {
    return Json{{"answer", to_string(l.answer)}, {"reasons", l.reasons}};
  };
  return {{"server", proof.server}, {"converges", leg(proof.there)}, {"undo", leg(proof.back)}};
}

}  // namespace

std::string plan_json(const PlanReport& report) {
  const engine::Plan& plan = report.plan;
  Json json = sides_json("schemadiff_plan", report.sides);
  json["summary"] = verdict(plan);
  json["risk"] = to_string(plan.risk);
  json["longest_hold"] = hold_json(plan.longest_hold);
  json["search_path"] = plan.search_path;
  json["phases"] = phases_json(plan);
  json["steps"] = Json::array();
  for (const engine::Step& step : plan.steps)
    json["steps"].push_back(step_json(plan, step, report.sides.to.catalog));
  if (const std::vector<std::string> why = refusals(plan, report.sides.policy); !why.empty())
    json["refused"] = why;
  if (const int people = approvals_needed(report.sides.policy, plan.risk); people > 0)
    json["approvals"] = people;
  if (report.proof) json["verification"] = proof_json(*report.proof);
  json["notes"] = all_notes(plan, report.sides);
  json["unmodelled"] = not_compared_json(report.sides);
  if (report.sides.from.conninfo.empty() || report.sides.reversed) return printed(json);
  json["basis"] = basis_json(report.sides);
  json["digest"] = schema::digest(json.dump(-1, ' ', false, Json::error_handler_t::replace));
  return printed(json);
}

std::string check_json(const CheckReport& report) {
  Json json = sides_json("schemadiff_check", report.sides);
  json["drift"] = is_drift(report);
  json["last_state"] = report.last ? Json{{"event", report.last->event},
                                          {"name", report.last->name},
                                          {"at", report.last->at}}
                                   : Json(nullptr);
  std::size_t i = 0;
  json["differences"] = Json::array();
  for (const diff::Change& change : report.changes) {
    Json item{{"action", to_string(change.action)}, {"object", object_json(change.id)}};
    item["object"]["description"] =
        engine::title(change.id, report.sides.from.catalog, report.sides.to.catalog);
    item["attributes"] = Json::array();
    for (const diff::AttributeChange& a : change.attributes)
      item["attributes"].push_back(
          {{"attribute", a.attribute}, {"before", a.before}, {"after", a.after}});
    item["definition"] = definition_json(change, report.sides);
    if (report.last) add_movement(report.movements[i++], item);
    item["because"] = value(change.because);
    item["unproven"] = change.unproven;
    if (const std::string reason = allowed(change, report.sides.policy); !reason.empty())
      item["allowed"] = reason;
    item["source"] =
        span_json(span_of(change.id, report.sides.to.catalog), report.sides.to.catalog);
    json["differences"].push_back(std::move(item));
  }
  json["notes"] = report.sides.notes;
  json["unmodelled"] = not_compared_json(report.sides);
  return printed(json);
}

std::string catalog_json(const Catalog& catalog) {
  Json json;
  json["server_version"] = catalog.server_version;
  json["says_owners"] = catalog.says_owners;
  json["says_privileges"] = catalog.says_privileges;
  json["objects"] = Json::array();
  catalog.for_each(
      [&](const auto& object) { json["objects"].push_back(any_object_json(object, catalog)); });
  json["notes"] = catalog.notes;
  json["unmodelled"] = Json::array();
  for (const schema::Unmodelled& item : catalog.unmodelled)
    json["unmodelled"].push_back({{"kind", item.kind},
                                  {"name", item.name},
                                  {"attribute", item.attribute},
                                  {"source", span_json(item.span, catalog)}});
  return printed(json);
}

}  // namespace schemadiff::cli
