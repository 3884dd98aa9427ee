SELECT prpubid, prrelid, /*15+*/ prattrs, pg_get_expr(prqual, prrelid) /*else*/ NULL, NULL /*end*/ FROM pg_publication_rel
