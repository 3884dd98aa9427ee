SELECT /*15+*/ pnpubid, pnnspid FROM pg_publication_namespace /*else*/ 0, 0 WHERE false /*end*/
