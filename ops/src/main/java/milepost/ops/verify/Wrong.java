package milepost.ops.verify;

/** The log is not what it should be; the message names the first thing that is wrong. */
final class Wrong extends RuntimeException {
    Wrong(String message) {
        super(message);
    }
}
