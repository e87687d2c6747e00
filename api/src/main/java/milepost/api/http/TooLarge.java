package milepost.api.http;

/** A request larger than it may be. */
public final class TooLarge extends RuntimeException {
    public TooLarge(String detail) {
        super(detail, null, false, false);
    }
}
