CREATE TABLE public.t (
  renamed integer CONSTRAINT old_name NOT NULL,
  to_default integer CONSTRAINT own_name NOT NULL,
  inherits integer NOT NULL NO INHERIT,
  validated integer,
  loosened integer NOT NULL,
  added integer, added_named integer, added_unproved integer,
  dropped integer CONSTRAINT going NOT NULL NO INHERIT,
  plain integer NOT NULL
);
ALTER TABLE public.t ADD CONSTRAINT v NOT NULL validated NOT VALID;
COMMENT ON CONSTRAINT old_name ON public.t IS 'before';
