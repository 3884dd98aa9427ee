CREATE TABLE public.t (a integer, doc text CONSTRAINT c CHECK (doc IS JSON), d jsonb DEFAULT JSON_OBJECT('a': 1));
CREATE FUNCTION public.f(text) RETURNS boolean LANGUAGE sql RETURN $1 IS JSON;
CREATE INDEX i ON public.t ((doc IS JSON));
