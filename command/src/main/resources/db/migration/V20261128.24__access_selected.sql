-- What is asked of the stream `access` by kind or by person costs what is shown, however long the stream is; facts of plans are in
-- neither index.
create index event_log_access_type on event_log (type, version) where stream = 'access';
create index event_log_access_by on event_log (substring(metadata from '"subject":"([^"]*)"'), version)
    where stream = 'access';
