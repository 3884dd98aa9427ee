-- Keys WITHOUT OVERLAPS and foreign keys with a PERIOD.
CREATE EXTENSION btree_gist;
CREATE TABLE public.room (id integer, at daterange, CONSTRAINT room_key PRIMARY KEY (id, at WITHOUT OVERLAPS));
CREATE TABLE public.stay (room integer, at daterange, CONSTRAINT once UNIQUE (room, at WITHOUT OVERLAPS) DEFERRABLE,
  CONSTRAINT of_room FOREIGN KEY (room, PERIOD at) REFERENCES public.room (id, PERIOD at));
