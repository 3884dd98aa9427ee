CREATE TABLE public.other (id integer PRIMARY KEY);
CREATE TABLE public.t (a integer CONSTRAINT checked CHECK (a > 0), b integer CONSTRAINT loosened REFERENCES public.other,
  c integer CONSTRAINT tightened REFERENCES public.other NOT ENFORCED, d integer, e integer CONSTRAINT gone CHECK (e > 0) NOT ENFORCED);
ALTER TABLE public.t ADD CONSTRAINT unproved FOREIGN KEY (d) REFERENCES public.other NOT VALID;
