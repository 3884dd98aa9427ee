// CREATE RULE. Those of SELECT are views, and no objects of their own.
#pragma once

#include "schema/attribute.h"
#include "schema/values.h"

namespace schemadiff::schema {

struct Rule : Object {  // id.parent: table or view
  static constexpr Kind kKind = Kind::Rule;
  std::string event;  // INSERT UPDATE DELETE
  bool instead = false;
  Expr condition;
  std::vector<Expr> actions;  // none: DO NOTHING
  char enabled = 'O';         // pg_rewrite.ev_enabled: as of triggers
  static constexpr auto attributes() {
    return std::make_tuple(attribute("event", &Rule::event), attribute("instead", &Rule::instead),
                           attribute("condition", &Rule::condition),
                           attribute("actions", &Rule::actions),
                           attribute("enabled", &Rule::enabled));
  }
};

}  // namespace schemadiff::schema
