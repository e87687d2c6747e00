package milepost.log;

/**
 * What a request asks, as hashes by the rule of today and by the one of before, by which it may have been recorded.
 *
 * @param meaning of its method, path and body however they were written; it begins with {@link #BY_MEANING}
 * @param bytes of its method, path and body as they were sent
 */
public record RequestHashes(String meaning, String bytes) {
    /** Begins a hash that was made by the rule of today; one of before says nothing of its rule. */
    public static final String BY_MEANING = "2:";
}
