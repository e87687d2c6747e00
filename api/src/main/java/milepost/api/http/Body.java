package milepost.api.http;

/** The body of a write: a record of what the person may say, read by {@link BodyReader}. */
public interface Body {}
