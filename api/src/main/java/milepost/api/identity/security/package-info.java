/**
 * What requests pass before any endpoint has them: headers, limits, tokens, the gate of rights; and what is
 * answered to one that does not pass.
 */
@NullMarked
package milepost.api.identity.security;

import org.jspecify.annotations.NullMarked;
