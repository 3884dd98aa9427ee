-- Collations of the builtin provider.
CREATE COLLATION public.c (PROVIDER = builtin, LOCALE = 'C.UTF-8');
CREATE TABLE public.t (a text COLLATE public.c);
