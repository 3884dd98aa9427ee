-- What an application that knows the schema as it stands writes: statements, made from the catalog. Each value follows
-- from a number, so that a key and what refers to it meet.

-- The text of the schema that the plan leads to, and what is written to columns in both applications' forms.
CREATE TEMPORARY TABLE target (text text);
CREATE TEMPORARY TABLE given (relation text, name text, n int, value text, refers boolean);

-- In the text form of the type; NULL: no value is known of it. A label that the target does not name is one that no row
-- may have.
CREATE FUNCTION pg_temp.value(type oid, n int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  t pg_type;
BEGIN
  SELECT * INTO t FROM pg_type WHERE oid = type;
  IF t.typtype = 'd' THEN RETURN pg_temp.value(t.typbasetype, n); END IF;
  IF t.typcategory = 'A' THEN RETURN '{' || pg_temp.value(t.typelem, n) || '}'; END IF;
  IF t.typtype = 'r' THEN
    RETURN (SELECT format('[%s,)', pg_temp.value(rngsubtype, n)) FROM pg_range WHERE rngtypid = type);
  END IF;
  RETURN CASE
    WHEN t.typtype = 'e' THEN
      (SELECT labels[1 + n % cardinality(labels)] FROM (
         SELECT array_agg(enumlabel ORDER BY enumsortorder) AS labels FROM pg_enum
         WHERE enumtypid = type AND NOT EXISTS (SELECT FROM pg_temp.target WHERE position(enumlabel IN text) = 0)
         UNION ALL SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = type) AS l
       WHERE labels IS NOT NULL LIMIT 1)
    WHEN t.typname IN ('time', 'timetz') THEN format('00:00:%s', n)
    WHEN t.typname IN ('json', 'jsonb') THEN n::text
    WHEN t.typname = 'uuid' THEN lpad(n::text, 32, '0')
    WHEN t.typname = 'bytea' THEN '\x' || n
    WHEN t.typcategory IN ('N', 'S') THEN n::text
    WHEN t.typcategory = 'D' THEN ('2025-01-01'::date + n)::text
    WHEN t.typcategory = 'T' THEN format('%s days', n)
    WHEN t.typcategory = 'I' THEN format('10.0.0.%s', n)
    WHEN t.typcategory = 'B' THEN (n % 2 = 0)::text
  END;
END$$;

-- Of a column: where it refers to another table, to the row of the number, else to one that no application has written.
-- What is text here and something else on the other side is text that is a value there.
CREATE FUNCTION pg_temp.expression(relation regclass, attnum int2, name text, type oid, n int) RETURNS text LANGUAGE sql AS $$
  SELECT coalesce(
    (SELECT format('coalesce((SELECT %1$I FROM %2$s WHERE %1$I::text = %3$L), (SELECT %1$I FROM (SELECT *, row_number()'
                   ' OVER (ORDER BY (to_jsonb(t) - %1$L)::text) - 1 AS place, count(*) OVER () AS places FROM %2$s AS t'
                   ' WHERE %1$I::text !~ ''^(0{8}-0{4}-0{4}-0{4}-0{10})?[1-9][0-9]$'') AS t WHERE place = %4$s %% places))',
                   r.attname, k.confrelid::regclass, pg_temp.value(type, n), n)
     FROM pg_constraint k JOIN pg_attribute r ON r.attrelid = k.confrelid AND r.attnum = k.confkey[1]
     WHERE k.contype = 'f' AND k.conrelid = relation AND k.conkey = ARRAY[expression.attnum] AND k.confrelid <> relation LIMIT 1),
    (SELECT quote_literal(g.value) FROM pg_temp.given g JOIN pg_type t ON t.oid = expression.type
     WHERE t.typcategory = 'S' AND g.relation = expression.relation::text AND g.name = expression.name
       AND g.n = expression.n),
    quote_literal(pg_temp.value(type, n)))
$$;

CREATE VIEW pg_temp.columns AS
  SELECT c.oid AS table, c.oid::regclass AS relation, a.attnum, a.atttypid AS type, quote_ident(a.attname) AS name,
    coalesce(a.attnum = ANY (k.conkey), false) AS is_key,
    EXISTS (SELECT FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey))
      OR EXISTS (SELECT FROM pg_temp.given g
                 WHERE g.relation = c.oid::regclass::text AND g.name = quote_ident(a.attname) AND g.refers) AS refers,
    a.attidentity = 'a' AS is_numbered
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema|schemadiff)';

-- One row each, whose key is the number.
CREATE FUNCTION pg_temp.inserts(n int) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)', relation, string_agg(name, ', '), string_agg(value, ', '))
  FROM (SELECT *, pg_temp.expression(relation, attnum, name, type, n) AS value FROM pg_temp.columns) AS c
  WHERE value IS NOT NULL GROUP BY c.table, relation ORDER BY c.table
$$;

-- The row gets all its values from another number, but for its key and what it refers to.
CREATE FUNCTION pg_temp.updates(n int, other int) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT format('UPDATE %s SET %s WHERE %s', relation,
                string_agg(name || ' = ' || value, ', ') FILTER (WHERE NOT is_key AND NOT refers AND NOT is_numbered),
                string_agg(name || '::text = ' || quote_literal(key), ' AND ') FILTER (WHERE is_key))
  FROM (SELECT *, pg_temp.expression(relation, attnum, name, type, other) AS value,
          pg_temp.value(type, n) AS key FROM pg_temp.columns) AS c
  WHERE value IS NOT NULL GROUP BY c.table, relation
  HAVING bool_or(is_key) AND bool_or(NOT is_key AND NOT refers AND NOT is_numbered) ORDER BY c.table
$$;

-- The values of the numbers, as an application of the other side is given them.
CREATE FUNCTION pg_temp.values() RETURNS SETOF text LANGUAGE sql AS $$
  SELECT format('(%L, %L, %s, %L, %L)', relation, name, n, pg_temp.value(type, n), refers)
  FROM pg_temp.columns, generate_series(11, 44) AS n WHERE pg_temp.value(type, n) IS NOT NULL
$$;

-- Runs a statement: "done", or why not.
CREATE FUNCTION pg_temp.try(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  n int;
BEGIN
  SET CONSTRAINTS ALL IMMEDIATE;
  EXECUTE statement;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN CASE n WHEN 1 THEN 'done' ELSE format('wrote %s rows', n) END;
EXCEPTION WHEN OTHERS THEN
  RETURN replace(SQLERRM, E'\n', ' ');
END$$;

-- A query of each table's rows: its name, the row. What the database numbers or makes up itself is not compared where no
-- application has given it: those give numbers from 11 to 99. `without`: columns ("orders.note") that are not compared.
CREATE FUNCTION pg_temp.rows(without text[]) RETURNS SETOF text LANGUAGE sql AS $$
  SELECT format('SELECT %L, regexp_replace(((to_jsonb(t) || %s) - %L::text[])::text,'
    ' ''[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'', ''random'', ''g'') FROM ONLY %s AS t ORDER BY 1, 2', c.oid::regclass,
    coalesce((SELECT string_agg(format(
        'jsonb_build_object(%1$L, CASE WHEN %1$I::text ~ ''^(0{8}-0{4}-0{4}-0{4}-0{10})?[1-9][0-9]$'' THEN %1$I::text ELSE ''made up'' END)',
        a.attname), ' || ')
      FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND (a.attidentity <> ''
        OR pg_get_expr(d.adbin, d.adrelid) ~ 'nextval|random|now|timestamp')), '''{}'''),
    ARRAY(SELECT substr(w, length(c.relname) + 2) FROM unnest(without) AS w WHERE w LIKE c.relname || '.%'),
    c.oid::regclass)
  FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema|schemadiff)'
$$;
