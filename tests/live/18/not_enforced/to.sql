-- Checks and foreign keys that are not enforced.
CREATE TABLE public.other (id integer PRIMARY KEY);
CREATE TABLE public.t (a integer CONSTRAINT checked CHECK (a > 0) NOT ENFORCED, b integer CONSTRAINT loosened REFERENCES public.other NOT ENFORCED,
  c integer CONSTRAINT tightened REFERENCES public.other, d integer CONSTRAINT unproved REFERENCES public.other NOT ENFORCED, e integer,
  f integer CONSTRAINT added CHECK (f > 0) NOT ENFORCED CONSTRAINT referring REFERENCES public.other DEFERRABLE NOT ENFORCED);
