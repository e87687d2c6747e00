/** Who asks, and what they may: roles, rights, and the one place that decides. */
@NullMarked
package milepost.api.identity;

import org.jspecify.annotations.NullMarked;
