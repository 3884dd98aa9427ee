-- Definitions that the grammar cannot read: checks, defaults, bodies, indexes, policies, triggers.
CREATE FUNCTION public.f(text) RETURNS boolean LANGUAGE sql RETURN $1 IS JSON OBJECT;
CREATE TABLE public.t (a integer, doc text CONSTRAINT c CHECK (doc IS JSON ARRAY), d jsonb DEFAULT JSON_OBJECT('b': 1));
CREATE INDEX i ON public.t ((doc IS JSON ARRAY));
ALTER TABLE public.t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON public.t USING (doc IS JSON);
CREATE FUNCTION public.g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER tr BEFORE INSERT ON public.t FOR EACH ROW WHEN (NEW.doc IS JSON) EXECUTE FUNCTION public.g();
