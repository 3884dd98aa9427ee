CREATE DOMAIN public.renamed AS integer CONSTRAINT old_name NOT NULL;
CREATE DOMAIN public.tightened AS integer;
CREATE DOMAIN public.loosened AS integer CONSTRAINT ln NOT NULL;
COMMENT ON CONSTRAINT ln ON DOMAIN public.loosened IS 'gone';
