// Each thing that the verifier looks for is found when it is there.
#include "engine/verify.h"

#include <catch2/catch.hpp>

#include "engine/transactions.h"

namespace schemadiff::engine {
namespace {

Step step(std::string id, Phase phase, int transaction, std::string sql) {
  Step step;
  step.id = std::move(id);
  step.phase = phase;
  step.transaction = transaction;
  step.sql = {std::move(sql)};
  step.undo_note = "Nothing to undo.";
  step.seconds = 0;
  return step;
}

// Nothing is wrong with it.
Plan sound() {
  Plan plan;
  plan.steps = {
      step("s001", Phase::Expand, 1, "ALTER TYPE public.mood ADD VALUE 'glad'"),
      step("s002", Phase::Expand, 2, "CREATE INDEX CONCURRENTLY i ON public.t (a)"),
      step("s003", Phase::Migrate, 3,
           "ALTER TABLE public.t ADD CONSTRAINT c CHECK (a > 0) NOT VALID"),
      step("s004", Phase::Migrate, 4, "ALTER TABLE public.t VALIDATE CONSTRAINT c"),
      step("s005", Phase::Contract, 5, "ALTER TABLE public.t DROP COLUMN b"),
      step("s006", Phase::Contract, 5, "ALTER TABLE public.u ALTER COLUMN a TYPE bigint"),
  };
  plan.steps[1].in_transaction = false;
  plan.steps[3].after = {2};
  plan.steps[4].lock = {"ACCESS EXCLUSIVE", {"public.t"}, {}, true, true, false, false};
  plan.steps[5].lock = {"ACCESS EXCLUSIVE", {"public.u"}, {}, true, true, true, true};
  return plan;
}

template <class Spoil>
std::vector<std::string> found(Spoil spoil) {
  Plan plan = sound();
  spoil(plan.steps);
  return verify(plan);
}

using Steps = std::vector<Step>;
using Wrong = std::vector<std::string>;

}  // namespace

TEST_CASE("nothing is found in a sound plan") { CHECK(verify(sound()).empty()); }

TEST_CASE("a constraint is validated in the transaction that adds it") {
  CHECK(found([](Steps& s) { s[3].transaction = 3; }) ==
        Wrong{"s004 validates a constraint in the transaction that adds it."});
  CHECK(found([](Steps& s) {
          s[3].transaction = 3;
          s[3].sql = {"ALTER TABLE public.t VALIDATE CONSTRAINT other"};
        }).empty());
}

TEST_CASE("a value is added to an enum and not alone") {
  CHECK(found([](Steps& s) {
          s[1] = step("s002", Phase::Expand, 1, "UPDATE public.t SET m = 'glad'");
        }) == Wrong{"s001 adds a value to an enum, which is not alone."});
}

TEST_CASE("what runs outside of transactions is in one") {
  CHECK(found([](Steps& s) { s[1].in_transaction = true; }) ==
        Wrong{"s002 cannot run in a transaction block."});
  CHECK(found([](Steps& s) { s[1].sql.emplace_back("SELECT 1"); }) ==
        Wrong{"s002 has more statements beside one that has to stand alone."});
  CHECK(found([](Steps& s) {
          s[2].phase = Phase::Expand;
          s[2].transaction = 2;
        }) == Wrong{"s002 shares its transaction though it has to run alone."});
  for (const char* sql :
       {"DROP INDEX CONCURRENTLY public.i", "CREATE UNIQUE INDEX CONCURRENTLY i ON public.t (a)",
        "ALTER TABLE public.p DETACH PARTITION public.p1 CONCURRENTLY",
        "DO $$BEGIN UPDATE public.t SET a = 1; COMMIT; END$$"}) {
    INFO(sql);
    CHECK(runs_alone(sql));
  }
  CHECK_FALSE(runs_alone("ALTER TABLE public.p DETACH PARTITION public.p1"));
}

TEST_CASE("something takes long behind an ACCESS EXCLUSIVE lock") {
  const Wrong behind{"s006 takes long behind the ACCESS EXCLUSIVE locks of earlier steps."};
  CHECK(found([](Steps& s) { s[5].seconds = 60; }) == behind);
  CHECK(found([](Steps& s) { s[5].seconds.reset(); }) == behind);
  // it says so, reads nothing, or waits with those who wait already
  CHECK(found([](Steps& s) {
          s[5].seconds = 60;
          s[5].rules = {{"behind-exclusive-lock", Risk::High, "It does.", {}}};
        }).empty());
  CHECK(found([](Steps& s) {
          s[5].seconds = 60;
          s[5].lock.scans = s[5].lock.rewrites = false;
        }).empty());
  CHECK(found([](Steps& s) {
          s[5].seconds = 60;
          s[5].lock.relations = {"public.t"};
        }).empty());
}

TEST_CASE("the longest hold is that of the transaction with the longest work under a lock") {
  Plan plan = sound();
  plan.steps[5].seconds = 60;
  const std::optional<Hold> hold = longest_hold(plan.steps);
  REQUIRE(hold.has_value());
  CHECK(hold->steps == std::vector<std::string>{"s005", "s006"});
  CHECK(hold->seconds == 60);
  plan.steps.resize(4);
  CHECK_FALSE(longest_hold(plan.steps).has_value());
}

TEST_CASE("steps are out of order, or say too little") {
  CHECK(found([](Steps& s) { s[2].phase = Phase::Contract; }).front() ==
        "s004 is of an earlier phase than the step before it.");
  CHECK(found([](Steps& s) { s[3].transaction = 1; }).front() ==
        "s004 is of a transaction that has ended.");
  CHECK(found([](Steps& s) { s[3].after = {4}; }) ==
        Wrong{"s004 follows a step that comes later."});
  CHECK(found([](Steps& s) { s[4].sql.clear(); }) == Wrong{"s005 has no statement."});
  CHECK(found([](Steps& s) { s[4].undo_note.clear(); }) ==
        Wrong{"s005 has neither an undo nor a reason why there is none."});
  CHECK(found([](Steps& s) { s[4].sql = {"DROP TABLE public.t CASCADE"}; }) ==
        Wrong{"s005 drops with CASCADE."});
}

}  // namespace schemadiff::engine
