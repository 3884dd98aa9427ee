-- Definitions that the grammar cannot read are compared as texts, and stand where they have to in the order.
CREATE TABLE public.t (a bigint, doc jsonb);
CREATE VIEW public.same AS SELECT j.x FROM public.t, JSON_TABLE(doc, '$[*]' COLUMNS (x integer PATH '$.x')) j;
CREATE VIEW public.changed AS SELECT JSON_VALUE(doc, '$.b' RETURNING integer) AS v FROM public.t;
CREATE TABLE public.z (doc jsonb);
CREATE FUNCTION public.zf(jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE RETURN $1;
CREATE VIEW public.a_made AS SELECT JSON_QUERY(public.zf(doc), '$.a' WITH WRAPPER) AS q FROM public.z;
CREATE VIEW public.a_on_it AS SELECT q FROM public.a_made;
