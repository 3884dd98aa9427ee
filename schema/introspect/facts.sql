-- Size, rows and writes of tables, with all that inherits from them. {tables}: rows of (schema, name).
WITH RECURSIVE named (root, oid) AS (
  SELECT c.oid, c.oid FROM (VALUES {tables}) AS t (schema, name)
    JOIN pg_namespace n ON n.nspname = t.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.name AND c.relkind IN ('r', 'p', 'm')
  UNION ALL
  SELECT d.root, i.inhrelid FROM named d JOIN pg_inherits i ON i.inhparent = d.oid
), measured AS MATERIALIZED (
  SELECT d.root, c.relkind, c.reltuples, c.relpages, pg_relation_size(c.oid) AS heap, pg_table_size(c.oid) AS bytes,
    pg_indexes_size(c.oid) AS index_bytes, s.n_tup_ins + s.n_tup_upd + s.n_tup_del AS writes
  FROM named d JOIN pg_class c ON c.oid = d.oid LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
), since AS (
  -- the counters of a database that nobody reset are as old as the server's
  SELECT EXTRACT(epoch FROM now() - COALESCE(d.stats_reset, b.stats_reset)) AS seconds
  FROM pg_stat_database d, pg_stat_bgwriter b WHERE d.datname = current_database()
)
SELECT n.nspname, r.relname,
  -- as the planner does: tuples per page when last counted, by the pages of now
  sum(CASE WHEN m.heap = 0 OR m.relkind = 'p' THEN 0
           WHEN m.reltuples >= 0 AND m.relpages > 0
             THEN m.reltuples / m.relpages * (m.heap / current_setting('block_size')::float8) END),
  bool_or(m.heap > 0 AND (m.reltuples < 0 OR m.relpages = 0)),
  sum(m.bytes), sum(m.index_bytes),
  -- a few minutes, as after a load, tell nothing of the rate
  sum(m.writes) / (SELECT seconds FROM since WHERE seconds > 600)
FROM measured m JOIN pg_class r ON r.oid = m.root JOIN pg_namespace n ON n.oid = r.relnamespace
GROUP BY 1, 2
