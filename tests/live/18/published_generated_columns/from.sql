CREATE TABLE public.t (id integer PRIMARY KEY, g integer GENERATED ALWAYS AS (id) STORED);
CREATE PUBLICATION p FOR TABLE public.t;
CREATE PUBLICATION q FOR TABLE public.t WITH (publish_generated_columns = stored);
