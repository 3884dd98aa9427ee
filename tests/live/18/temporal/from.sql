CREATE EXTENSION btree_gist;
CREATE TABLE public.room (id integer, at daterange, CONSTRAINT room_key UNIQUE (id, at));
CREATE TABLE public.stay (room integer, at daterange);
