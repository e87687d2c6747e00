-- By which the trace of a request goes on where its fact is read, on whatever node: W3C Trace Context's header, of the span
-- that stored the fact. Null unless the trace is recorded. It is no part of the line, so no proof and no history depends on it.
alter table event_log add column traceparent text;
