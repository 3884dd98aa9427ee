-- Virtual generated columns come, go, change their expression in place and their kind by replacement.
CREATE TABLE public.t (a integer, added integer GENERATED ALWAYS AS (a * 2), stored integer GENERATED ALWAYS AS (a) VIRTUAL,
  changed integer GENERATED ALWAYS AS (a + 2) VIRTUAL, plain integer);
