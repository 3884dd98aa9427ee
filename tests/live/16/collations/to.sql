-- The rules of an ICU collation.
CREATE COLLATION public.c (PROVIDER = icu, LOCALE = 'de', RULES = '&a < g');
