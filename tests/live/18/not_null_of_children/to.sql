-- Names of inherited constraints are those of the parents; what leaves its parent gets its own again.
CREATE TABLE public.parent (a integer CONSTRAINT pa NOT NULL, b integer CONSTRAINT pb2 NOT NULL NO INHERIT);
CREATE TABLE public.child (c integer CONSTRAINT cc NOT NULL) INHERITS (public.parent);
CREATE TABLE public.other (LIKE public.parent);
CREATE TABLE public.parted (k integer CONSTRAINT kn NOT NULL) PARTITION BY LIST (k);
CREATE TABLE public.leaves (k integer NOT NULL);
CREATE TABLE public.comes (k integer NOT NULL);
ALTER TABLE public.parted ATTACH PARTITION public.comes FOR VALUES IN (2);
CREATE TABLE public.made PARTITION OF public.parted FOR VALUES IN (3);
