CREATE TABLE public.t (a integer CHECK (a > 0), v integer GENERATED ALWAYS AS (a + 1) VIRTUAL, p integer GENERATED ALWAYS AS (a) VIRTUAL);
