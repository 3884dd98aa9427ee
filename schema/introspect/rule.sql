-- Not those that make a view. Condition and actions are to be had inside the whole definition only.
SELECT oid, ev_class, rulename, ev_type, is_instead, ev_enabled, pg_get_ruledef(oid)
FROM pg_rewrite WHERE oid >= 16384 AND ev_type <> '1'
