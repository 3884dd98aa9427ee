-- MAINTAIN is a privilege of tables.
CREATE TABLE public.t (a integer);
GRANT MAINTAIN, SELECT ON public.t TO app_reader;
CREATE TABLE public.u (a integer);
GRANT SELECT ON public.u TO app_reader;
