-- In a table with checks a virtual column is made again; a virtual column becomes one with values.
CREATE TABLE public.t (a integer CHECK (a > 0), v integer GENERATED ALWAYS AS (a + 2) VIRTUAL, p integer);
