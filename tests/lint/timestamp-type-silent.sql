CREATE TABLE a (at timestamptz, day date, clock time);
