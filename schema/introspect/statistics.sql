SELECT oid, stxnamespace, stxname, stxrelid, stxowner, /*17+*/ coalesce(stxstattarget, -1) /*else*/ stxstattarget /*end*/,
       stxkind, stxkeys, /*14+*/ pg_get_statisticsobjdef_expressions(oid) /*else*/ NULL /*end*/
FROM pg_statistic_ext
