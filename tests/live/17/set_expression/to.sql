-- A generation expression is altered in place, and what stands on the column stays.
CREATE TABLE public.t (a integer, g integer GENERATED ALWAYS AS (a + 2) STORED);
CREATE INDEX i ON public.t (g);
CREATE VIEW public.v AS SELECT g FROM public.t;
