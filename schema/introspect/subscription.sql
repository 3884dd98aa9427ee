-- Of this database. The connection is for superusers only; before 14 oid and settings are, too.
SELECT /*14+ or superuser*/ oid, subsynccommit /*else*/ NULL, NULL /*end*/, /*superuser*/ subconninfo /*else*/ NULL /*end*/,
       subname, subowner, subenabled, subslotname, subpublications,
       /*14+*/ subbinary, substream /*else*/ false, 'f' /*end*/,
       /*15+*/ subtwophasestate, subdisableonerr /*else*/ 'd', false /*end*/,
       /*16+*/ subpasswordrequired, subrunasowner, suborigin /*else*/ true, false, 'any' /*end*/,
       /*17+*/ subfailover /*else*/ false /*end*/
FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
