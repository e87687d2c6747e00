/**
 * Who asks, what they may, the one place that decides, and the access log of what was refused and allowed; sign-in and
 * tokens, accounts, limits and filters are behind this face, in packages that nobody else uses.
 */
@NullMarked
package milepost.api.identity;

import org.jspecify.annotations.NullMarked;
