package milepost.api.http;

/** A body in a form that is not read here. */
public final class NotTaken extends RuntimeException {
    private final String header;
    private final String taken;

    /**
     * @param header by which the answer says what is taken
     * @param taken what is
     */
    NotTaken(String detail, String header, String taken) {
        super(detail, null, false, false);
        this.header = header;
        this.taken = taken;
    }

    String header() {
        return header;
    }

    String taken() {
        return taken;
    }
}
