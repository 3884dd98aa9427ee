-- The NOT NULL constraint is altered, renamed, described, validated, added in its forms, and dropped.
CREATE TABLE public.t (
  renamed integer CONSTRAINT new_name NOT NULL,
  to_default integer NOT NULL,
  inherits integer NOT NULL,
  validated integer CONSTRAINT v NOT NULL,
  loosened integer,
  added integer NOT NULL, added_named integer CONSTRAINT an NOT NULL NO INHERIT, added_unproved integer,
  dropped integer,
  plain integer NOT NULL
);
ALTER TABLE public.t ADD NOT NULL loosened NOT VALID, ADD CONSTRAINT au NOT NULL added_unproved NOT VALID;
COMMENT ON CONSTRAINT new_name ON public.t IS 'after';
COMMENT ON CONSTRAINT t_plain_not_null ON public.t IS 'plain';
