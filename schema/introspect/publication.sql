SELECT oid, pubname, pubowner, puballtables, pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot,
       /*18+*/ pubgencols = 's' /*else*/ false /*end*/
FROM pg_publication
