CREATE TABLE public.t (a integer, doc jsonb);
CREATE VIEW public.same AS SELECT j.x FROM public.t, JSON_TABLE(doc, '$[*]' COLUMNS (x integer PATH '$.x')) j;
CREATE VIEW public.changed AS SELECT JSON_VALUE(doc, '$.a' RETURNING integer) AS v FROM public.t;
CREATE VIEW public.gone AS SELECT JSON_EXISTS(doc, '$.a') AS e FROM public.t;
