package milepost.ops.verify;

/** Nothing could be checked: the input cannot be read, or the server does not answer; the message says what to do. */
final class Unusable extends RuntimeException {
    Unusable(String message) {
        super(message);
    }
}
