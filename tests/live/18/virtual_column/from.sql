CREATE TABLE public.t (a integer, dropped integer GENERATED ALWAYS AS (a) VIRTUAL, stored integer GENERATED ALWAYS AS (a) STORED,
  changed integer GENERATED ALWAYS AS (a + 1) VIRTUAL, plain integer);
