-- What was agreed of definitions.
SELECT key, source, server FROM schemadiff.memo
