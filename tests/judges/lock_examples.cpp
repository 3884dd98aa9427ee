// Statements as plans have them, one for each operation.
#include "tests/judges/lock_examples.h"

namespace schemadiff::testing {

using engine::Op;

const char* const kLoadedTable = R"sql(
CREATE TABLE t (id integer NOT NULL, a integer, b text, c varchar(20));
INSERT INTO t SELECT n, n, repeat('b', 100), 'c' FROM generate_series(1, 2000) n;
)sql";

namespace {

constexpr const char* kPartitioned =
    "CREATE TABLE p (id integer NOT NULL, a integer) PARTITION BY RANGE (id);"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (3000);"
    "INSERT INTO p SELECT id, a FROM t;";

constexpr const char* kAttachable =
    "CREATE TABLE p (id integer NOT NULL, a integer) PARTITION BY RANGE (id);"
    "CREATE TABLE others PARTITION OF p DEFAULT;"
    "INSERT INTO p VALUES (1, 1);"
    "CREATE TABLE part (id integer NOT NULL, a integer);"
    "INSERT INTO part SELECT id + 10, a FROM t;";
constexpr const char* kAttach =
    "ALTER TABLE ONLY p ATTACH PARTITION part FOR VALUES FROM (10) TO (3000)";

// With a table that refers to the partitioned one.
const std::string kAttachableReferred =
    std::string(kAttachable) +
    "ALTER TABLE p ADD PRIMARY KEY (id); ALTER TABLE part ADD PRIMARY KEY (id);"
    "CREATE TABLE r (id integer REFERENCES p)";
constexpr const char* kReferredTo =
    "CREATE TABLE p (id integer PRIMARY KEY) PARTITION BY RANGE (id);"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (1000);"
    "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (1000) TO (3000);"
    "INSERT INTO p SELECT id FROM t;"
    "CREATE TABLE r (id integer REFERENCES p); INSERT INTO r SELECT id FROM t WHERE id > 1000;";

// Checks say what the attachment would read both tables for.
const std::string kProven =
    std::string(kAttachable) +
    "ALTER TABLE part ADD CHECK (id IS NOT NULL AND id >= 10 AND id < 3000);"
    "ALTER TABLE others ADD CHECK (id IS NULL OR id < 10 OR id >= 3000);";

constexpr const char* kIndexes =
    "CREATE TABLE p (id integer NOT NULL, a integer) PARTITION BY RANGE (id);"
    "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (3000);"
    "INSERT INTO p SELECT id, a FROM t;"
    "CREATE INDEX whole ON ONLY p (a);"
    "CREATE INDEX part ON p1 (a)";
constexpr const char* kAttachIndex = "ALTER INDEX whole ATTACH PARTITION part";

constexpr const char* kReferenced =
    "CREATE TABLE r (id integer PRIMARY KEY); INSERT INTO r SELECT id FROM t;";

constexpr const char* kFunction =
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";
constexpr const char* kTrigger =
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
    "CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()";

constexpr const char* kBaseType =
    "CREATE TYPE cell;"
    "CREATE FUNCTION cell_in(cstring) RETURNS cell LANGUAGE internal IMMUTABLE STRICT AS 'textin';"
    "CREATE FUNCTION cell_out(cell) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS "
    "'textout';"
    "CREATE TYPE cell (INPUT = cell_in, OUTPUT = cell_out, STORAGE = main);"
    "ALTER TABLE t ADD COLUMN cell cell";

// No example contacts a publisher.
constexpr const char* kSubscription =
    "DROP SUBSCRIPTION IF EXISTS s; CREATE SUBSCRIPTION s CONNECTION 'dbname=nowhere'"
    " PUBLICATION p WITH (connect = false, slot_name = NONE)";

constexpr const char* kPair = "CREATE TYPE pair AS (a integer, b integer)";
constexpr const char* kDomain = "CREATE DOMAIN d AS integer; ALTER TABLE t ALTER COLUMN a TYPE d";

constexpr const char* kForeignTable =
    "DROP FOREIGN DATA WRAPPER IF EXISTS w CASCADE;"
    "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;"
    "CREATE FOREIGN TABLE f (a integer) SERVER s";

}  // namespace

const std::vector<LockExample>& lock_examples() {
  static const std::vector<LockExample> kExamples = {
      {Op::AddColumn, "ALTER TABLE t ADD COLUMN x integer DEFAULT 5", "t"},
      {Op::AddRequiredColumn, "ALTER TABLE t ADD COLUMN x integer NOT NULL", "t", "TRUNCATE t",
       "on an empty table; it fails on others"},
      {Op::AddColumnRewriting, "ALTER TABLE t ADD COLUMN x uuid DEFAULT gen_random_uuid()", "t", "",
       "likewise other volatile defaults, stored generated columns, identity, checked domains"},
      {Op::AddFilledColumn,
       "ALTER TABLE t ADD COLUMN x uuid; ALTER TABLE t ALTER COLUMN x SET DEFAULT "
       "gen_random_uuid()",
       "t", "", "a column whose rows are filled in batches"},
      {Op::AddSyncedColumn,
       "ALTER TABLE t ADD COLUMN x text; "
       "CREATE TRIGGER g BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
       "t", kFunction, "a column with another name, while both are in use"},
      {Op::DropSyncedColumn, "DROP TRIGGER g ON t; ALTER TABLE t DROP COLUMN b", "t", kTrigger,
       "the old name's end"},
      {Op::SwapColumns,
       "DROP TRIGGER g ON t; ALTER TABLE t RENAME COLUMN a TO o; "
       "ALTER TABLE t RENAME COLUMN id TO a",
       "t", kTrigger, "a column of another type takes the place of the old one"},
      {Op::DropColumn, "ALTER TABLE t DROP COLUMN b", "t"},
      {Op::AlterColumnType, "ALTER TABLE t ALTER COLUMN c TYPE varchar(40)", "t",
       "CREATE INDEX ON t (c)"},
      {Op::AlterColumnTypeChecked, "ALTER TABLE t ALTER COLUMN c TYPE varchar(40)", "t",
       "ALTER TABLE t ADD CHECK (c <> '')", "with a CHECK on the column"},
      {Op::AlterColumnTypeRewriting, "ALTER TABLE t ALTER COLUMN a TYPE bigint", "t", "",
       "likewise other types that are stored in another form"},
      {Op::AlterColumnDefault, "ALTER TABLE t ALTER COLUMN a SET DEFAULT 5", "t"},
      {Op::SetNotNull, "ALTER TABLE t ALTER COLUMN a SET NOT NULL", "t"},
      {Op::SetNotNullProven, "ALTER TABLE t ALTER COLUMN a SET NOT NULL", "t",
       "ALTER TABLE t ADD CONSTRAINT proof CHECK (a IS NOT NULL)",
       "with a valid CHECK (a IS NOT NULL)"},
      {Op::AlterNotNull, "ALTER TABLE t RENAME CONSTRAINT t_id_not_null TO filled", "t", "",
       "likewise ALTER CONSTRAINT ... NO INHERIT", 18},
      {Op::DropNotNull, "ALTER TABLE t ALTER COLUMN id DROP NOT NULL", "t"},
      {Op::AlterIdentity, "ALTER TABLE t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY", "t"},
      {Op::DropExpression, "ALTER TABLE t ALTER COLUMN x DROP EXPRESSION", "t",
       "ALTER TABLE t ADD COLUMN x integer GENERATED ALWAYS AS (a + 1) STORED"},
      {Op::SetExpression, "ALTER TABLE t ALTER COLUMN x SET EXPRESSION AS (a + 2)", "t",
       "ALTER TABLE t ADD COLUMN x integer GENERATED ALWAYS AS (a + 1) STORED", "", 17},
      {Op::SetExpressionVirtual, "ALTER TABLE t ALTER COLUMN x SET EXPRESSION AS (a + 2)", "t",
       "ALTER TABLE t ADD COLUMN x integer GENERATED ALWAYS AS (a + 1) VIRTUAL",
       "of a virtual column", 18},
      {Op::SetStatistics, "ALTER TABLE t ALTER COLUMN a SET STATISTICS 500", "t"},
      {Op::SetColumnOptions, "ALTER TABLE t ALTER COLUMN a SET (n_distinct = 5)", "t"},
      {Op::SetStorage, "ALTER TABLE t ALTER COLUMN b SET STORAGE EXTERNAL", "t"},
      {Op::SetCompression, "ALTER TABLE t ALTER COLUMN b SET COMPRESSION pglz", "t", "", "", 14},
      {Op::AddConstraintNotValid, "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID", "t"},
      {Op::AddCheck, "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)", "t"},
      {Op::AddForeignKey, "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r", "t", kReferenced},
      {Op::AddForeignKeyNotValid, "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r NOT VALID", "t",
       kReferenced},
      {Op::ReferencedTable, "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r NOT VALID", "r",
       kReferenced, "the table referred to"},
      {Op::ReferringTable, kAttach, "r", kAttachableReferred.c_str(),
       "a table that refers to the one that gets a partition", 15},
      {Op::ReadReferringTable, "ALTER TABLE p DETACH PARTITION p1", "r", kReferredTo,
       "a table that refers to the one that loses a partition; likewise CONCURRENTLY"},
      {Op::ValidateConstraint, "ALTER TABLE t VALIDATE CONSTRAINT k", "t",
       "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID"},
      {Op::AddIndexConstraint, "ALTER TABLE t ADD CONSTRAINT k EXCLUDE USING btree (id WITH =)",
       "t"},
      {Op::AddIndexConstraintOnly, "ALTER TABLE ONLY p ADD CONSTRAINT k PRIMARY KEY (id)", "p",
       kPartitioned},
      {Op::AddConstraintUsingIndex, "ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i", "t",
       "CREATE UNIQUE INDEX i ON t (a)"},
      {Op::AlterConstraint, "ALTER TABLE t ALTER CONSTRAINT k DEFERRABLE", "t",
       "CREATE TABLE r (id integer PRIMARY KEY); INSERT INTO r SELECT id FROM t;"
       "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES r"},
      {Op::EnforceConstraint, "ALTER TABLE t ALTER CONSTRAINT k ENFORCED", "t",
       "CREATE TABLE r (id integer PRIMARY KEY); INSERT INTO r SELECT id FROM t;"
       "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES r NOT ENFORCED",
       "", 18},
      {Op::DisenforceConstraint, "ALTER TABLE t ALTER CONSTRAINT k NOT ENFORCED", "t",
       "CREATE TABLE r (id integer PRIMARY KEY); INSERT INTO r SELECT id FROM t;"
       "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES r",
       "", 18},
      {Op::DropConstraint, "ALTER TABLE t DROP CONSTRAINT k", "t",
       "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)"},
      {Op::CreateIndex, "CREATE INDEX i ON t (a)", "t"},
      {Op::CreateIndexOnly, "CREATE INDEX i ON ONLY p (a)", "p", kPartitioned},
      {Op::CreateIndexConcurrently, "CREATE INDEX CONCURRENTLY i ON t (a)", "t"},
      {Op::DropIndex, "DROP INDEX i", "t", "CREATE INDEX i ON t (a)"},
      {Op::DropIndexConcurrently, "DROP INDEX CONCURRENTLY i", "t", "CREATE INDEX i ON t (a)"},
      {Op::AlterIndex, "ALTER INDEX i SET (fillfactor = 70)", "i", "CREATE INDEX i ON t (a)"},
      {Op::AlterIndexExclusive, "ALTER INDEX i SET (fastupdate = off)", "i",
       "CREATE INDEX i ON t USING gin (to_tsvector('simple', b))"},
      {Op::MoveIndex, "ALTER INDEX i SET TABLESPACE elsewhere", "i", "CREATE INDEX i ON t (a)"},
      {Op::AttachIndex, kAttachIndex, "whole", kIndexes, "the index of the partitioned table"},
      {Op::AttachedIndex, kAttachIndex, "part", kIndexes, "the index of the partition"},
      {Op::ClusterOn, "ALTER TABLE t CLUSTER ON i", "t", "CREATE INDEX i ON t (a)"},
      {Op::Backfill, "DO $$BEGIN UPDATE t SET a = 0; COMMIT; END$$", "t", "",
       "batches of an update, each in a transaction of its own"},
      {Op::CreateTrigger, "CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
       "t", kFunction},
      {Op::DropTrigger, "DROP TRIGGER g ON t", "t", kTrigger},
      {Op::EnableTrigger, "ALTER TABLE t DISABLE TRIGGER g", "t", kTrigger},
      {Op::CreatePolicy, "CREATE POLICY k ON t USING (a > 0)", "t"},
      {Op::AlterPolicy, "ALTER POLICY k ON t USING (a > 1)", "t",
       "CREATE POLICY k ON t USING (a > 0)"},
      {Op::DropPolicy, "DROP POLICY k ON t", "t", "CREATE POLICY k ON t USING (a > 0)"},
      {Op::CreateRule, "CREATE RULE k AS ON DELETE TO t DO INSTEAD NOTHING", "t"},
      {Op::AlterRule, "ALTER TABLE t DISABLE RULE k", "t",
       "CREATE RULE k AS ON DELETE TO t DO INSTEAD NOTHING"},
      {Op::DropRule, "DROP RULE k ON t", "t", "CREATE RULE k AS ON DELETE TO t DO INSTEAD NOTHING"},
      {Op::CreateStatistics, "CREATE STATISTICS k ON id, a FROM t", "t"},
      {Op::DropStatistics, "DROP STATISTICS k", "t", "CREATE STATISTICS k ON id, a FROM t"},
      {Op::AlterPublication, "CREATE PUBLICATION made FOR TABLE t", "t"},
      {Op::AddToPublication, "ALTER PUBLICATION feed ADD TABLE t", "t",
       "DROP PUBLICATION IF EXISTS feed; CREATE PUBLICATION feed"},
      {Op::RemoveFromPublication, "ALTER PUBLICATION feed DROP TABLE t", "t",
       "DROP PUBLICATION IF EXISTS feed; CREATE PUBLICATION feed FOR TABLE t"},
      {Op::AlterForeignTable, "ALTER FOREIGN TABLE f ALTER COLUMN a TYPE bigint", "f",
       kForeignTable},
      {Op::AlterForeignOptions, "ALTER FOREIGN TABLE f OPTIONS (ADD remote 'r')", "f",
       kForeignTable},
      {Op::EnableRowSecurity, "ALTER TABLE t ENABLE ROW LEVEL SECURITY", "t"},
      {Op::ForceRowSecurity, "ALTER TABLE t FORCE ROW LEVEL SECURITY", "t"},
      {Op::NoForceRowSecurity, "ALTER TABLE t NO FORCE ROW LEVEL SECURITY", "t",
       "ALTER TABLE t FORCE ROW LEVEL SECURITY"},
      {Op::DisableRowSecurity, "ALTER TABLE t DISABLE ROW LEVEL SECURITY", "t",
       "ALTER TABLE t ENABLE ROW LEVEL SECURITY"},
      {Op::RenameTable, "ALTER TABLE t RENAME TO u; CREATE VIEW t AS SELECT id FROM u", "t", "",
       "a table with another name, and a view under the old one"},
      {Op::DropTable, "DROP TABLE t", "t"},
      {Op::SetTableOptions, "ALTER TABLE t SET (fillfactor = 70)", "t", "",
       "likewise autovacuum parameters and parallel_workers"},
      {Op::SetTableOptionsExclusive, "ALTER TABLE t SET (user_catalog_table = true)", "t"},
      {Op::RewriteTable, "ALTER TABLE t SET UNLOGGED", "t"},
      {Op::AlterReplicaIdentity, "ALTER TABLE t REPLICA IDENTITY FULL", "t"},
      {Op::AlterInheritance, "ALTER TABLE heir INHERIT t", "heir",
       "CREATE TABLE heir (LIKE t); INSERT INTO heir SELECT FROM t WHERE false", "the child"},
      {Op::InheritFrom, "CREATE TABLE heir () INHERITS (t)", "t", "", "the parent"},
      {Op::AttachPartition, kAttach, "p", kAttachable, "the partitioned table"},
      {Op::AttachedPartition, kAttach, "part", kAttachable, "the new partition"},
      {Op::AttachedPartitionProven, kAttach, "part", kProven.c_str(),
       "the new partition, whose rows a check holds to the bounds"},
      {Op::DefaultPartition, kAttach, "others", kAttachable, "the default partition"},
      {Op::DefaultPartitionProven, kAttach, "others", kProven.c_str(),
       "the default partition, which a check keeps free of the bounds"},
      {Op::DetachPartition, "ALTER TABLE p DETACH PARTITION p1", "p", kPartitioned,
       "the partitioned table; likewise the partition"},
      {Op::DetachPartitionConcurrently, "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY", "p",
       kPartitioned, "the partitioned table", 14, "p1"},
      {Op::DetachedPartition, "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY", "p1", kPartitioned,
       "the partition that is detached so", 14},
      {Op::ReplaceView, "CREATE OR REPLACE VIEW v AS SELECT a + 1 AS a FROM t", "v",
       "CREATE VIEW v AS SELECT a FROM t"},
      {Op::DropView, "DROP VIEW v", "v", "CREATE VIEW v AS SELECT a FROM t"},
      {Op::AlterView, "ALTER VIEW v ALTER COLUMN a SET DEFAULT 5", "v",
       "CREATE VIEW v AS SELECT a FROM t"},
      {Op::AlterViewOptions, "ALTER VIEW v SET (security_barrier)", "v",
       "CREATE VIEW v AS SELECT a FROM t"},
      {Op::AlterSequence, "ALTER SEQUENCE n INCREMENT BY 2", "n", "CREATE SEQUENCE n"},
      {Op::RewriteSequence, "ALTER SEQUENCE n SET UNLOGGED", "n", "CREATE SEQUENCE n", "", 15},
      {Op::DropSequence, "DROP SEQUENCE n", "n", "CREATE SEQUENCE n"},
      {Op::CommentOn, "COMMENT ON TABLE t IS 'rows'", "t"},
      {Op::LabelSecurity, "SECURITY LABEL FOR provider ON TABLE t IS 'label'", "t", "",
       "servers without a label provider refuse it", kNotMeasured},
      {Op::AlterOwner, "ALTER TABLE t OWNER TO app_owner", "t"},
      {Op::AddAttribute, "ALTER TYPE pair ADD ATTRIBUTE c integer", "pair", kPair},
      {Op::DropAttribute, "ALTER TYPE pair DROP ATTRIBUTE b", "pair", kPair},
      {Op::RetypeAttribute, "ALTER TYPE pair ALTER ATTRIBUTE b TYPE bigint", "pair", kPair},
      {Op::DropCompositeType, "DROP TYPE pair", "pair", kPair},
      {Op::Grant, "GRANT SELECT ON t TO app_reader", "t"},
      {Op::Revoke, "REVOKE SELECT ON t FROM app_reader", "t", "GRANT SELECT ON t TO app_reader"},
      {Op::AddEnumValue, "ALTER TYPE mood ADD VALUE 'glad'", "t",
       "CREATE TYPE mood AS ENUM ('sad'); ALTER TABLE t ADD COLUMN mood mood"},
      {Op::RenameEnumValue, "ALTER TYPE mood RENAME VALUE 'sad' TO 'glad'", "t",
       "CREATE TYPE mood AS ENUM ('sad'); ALTER TABLE t ADD COLUMN mood mood"},
      {Op::SetDomainNotNull, "ALTER DOMAIN d SET NOT NULL", "t", kDomain,
       "tables with columns of the domain"},
      {Op::AddDomainConstraint, "ALTER DOMAIN d ADD CHECK (VALUE > 0)", "t", kDomain,
       "tables with columns of the domain"},
      {Op::ValidateDomainConstraint, "ALTER DOMAIN d VALIDATE CONSTRAINT k", "t",
       "CREATE DOMAIN d AS integer; ALTER TABLE t ALTER COLUMN a TYPE d;"
       "ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID",
       "tables with columns of the domain"},
      {Op::AlterBaseType, "ALTER TYPE cell SET (STORAGE = external)", "t", kBaseType},
      {Op::SetTypeAside, "ALTER TYPE pair RENAME TO pair__old", "pair", kPair},
      {Op::MakeTypeAnew, "CREATE TYPE mood AS ENUM ('sad', 'glad')", "t"},
      {Op::SetConnection, "ALTER SUBSCRIPTION s CONNECTION 'dbname=other'", "t", kSubscription},
      {Op::SetPublications, "ALTER SUBSCRIPTION s SET PUBLICATION other WITH (refresh = false)",
       "t", kSubscription},
      {Op::SetSubscriptionOptions, "ALTER SUBSCRIPTION s SET (synchronous_commit = off)", "t",
       kSubscription},
      {Op::EnableSubscription, "ALTER SUBSCRIPTION enabled ENABLE", "t",
       "CREATE SUBSCRIPTION enabled CONNECTION 'dbname=nowhere' PUBLICATION p"
       " WITH (connect = false)"},
      {Op::DisableSubscription, "ALTER SUBSCRIPTION disabled DISABLE", "t",
       "CREATE SUBSCRIPTION disabled CONNECTION 'dbname=nowhere' PUBLICATION p"
       " WITH (connect = false); ALTER SUBSCRIPTION disabled ENABLE"},
      {Op::NoRelation, "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'", "t", "",
       "likewise what else makes or changes no relation"},
  };
  return kExamples;
}

}  // namespace schemadiff::testing
