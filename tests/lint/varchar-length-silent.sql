CREATE TABLE a (b text, c varchar, d "char");
