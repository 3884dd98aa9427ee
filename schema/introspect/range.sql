SELECT rngtypid, rngsubtype, rngsubopc, rngcollation, NULLIF(rngcanonical::oid, 0), NULLIF(rngsubdiff::oid, 0),
       /*14+*/ rngmultitypid /*else*/ NULL /*end*/
FROM pg_range WHERE rngtypid >= 16384
