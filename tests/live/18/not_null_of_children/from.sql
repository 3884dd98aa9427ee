CREATE TABLE public.parent (a integer CONSTRAINT pa NOT NULL, b integer CONSTRAINT pb NOT NULL NO INHERIT);
CREATE TABLE public.child (c integer NOT NULL) INHERITS (public.parent);
CREATE TABLE public.other (LIKE public.parent);
CREATE TABLE public.parted (k integer CONSTRAINT kn NOT NULL) PARTITION BY LIST (k);
CREATE TABLE public.leaves PARTITION OF public.parted FOR VALUES IN (1);
CREATE TABLE public.comes (k integer NOT NULL);
