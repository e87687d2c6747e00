/**
 * Who asks, what they may, the one place that decides, and the access log of what was refused and allowed; how it is
 * known who asks is behind this face, in packages that nobody else uses.
 */
@NullMarked
package milepost.api.identity;

import org.jspecify.annotations.NullMarked;
