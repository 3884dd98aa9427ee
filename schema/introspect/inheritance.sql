-- Of tables and of indexes; in the order of the parents.
SELECT inhrelid, inhparent FROM pg_inherits ORDER BY inhrelid, inhseqno
