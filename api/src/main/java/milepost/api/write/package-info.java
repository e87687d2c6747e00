/**
 * The endpoints that record: a request passes {@code Gate}, its endpoint, {@code Commands}, {@code Dispatch} and
 * {@code CommandGate} on its way to the plan, and is answered with a {@code Receipt}.
 */
@NullMarked
package milepost.api.write;

import org.jspecify.annotations.NullMarked;
