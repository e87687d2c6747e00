/**
 * The edge and the application: HTTP, wiring, no rules. Its rooms, each knowing only those before it: {@code start},
 * {@code http}, {@code identity}, {@code operate}, {@code write}, {@code read}, {@code audit}.
 */
@NullMarked
package milepost.api;

import org.jspecify.annotations.NullMarked;
