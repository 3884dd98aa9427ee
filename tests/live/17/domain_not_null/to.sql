-- The NOT NULL of a domain is a constraint with a name.
CREATE DOMAIN public.renamed AS integer CONSTRAINT new_name NOT NULL;
CREATE DOMAIN public.tightened AS integer CONSTRAINT tn NOT NULL;
CREATE DOMAIN public.loosened AS integer;
CREATE DOMAIN public.made AS integer CONSTRAINT mn NOT NULL;
COMMENT ON CONSTRAINT new_name ON DOMAIN public.renamed IS 'renamed';
