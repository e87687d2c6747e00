package milepost.event;

import org.jspecify.annotations.Nullable;

/**
 * Where a claim can be checked.
 *
 * @param url http, https, or {@code document:<id>} for one of the network's own documents
 * @param sha256 of what the link pointed to, 64 lower-case hexadecimal digits
 */
public record Evidence(@AsGiven String url, @Nullable String sha256) {}
