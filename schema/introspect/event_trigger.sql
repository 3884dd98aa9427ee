SELECT oid, evtname, evtevent, evtowner, evtfoid, evtenabled, evttags FROM pg_event_trigger
