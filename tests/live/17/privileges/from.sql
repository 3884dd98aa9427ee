CREATE TABLE public.t (a integer);
CREATE TABLE public.u (a integer);
GRANT ALL ON public.u TO app_reader;
