CREATE TABLE public.t (a integer, g integer GENERATED ALWAYS AS (a + 1) STORED);
CREATE INDEX i ON public.t (g);
CREATE VIEW public.v AS SELECT g FROM public.t;
