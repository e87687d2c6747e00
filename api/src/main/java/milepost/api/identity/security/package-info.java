/** What every request passes: the gate, limits, headers, tokens; and what is answered to one that does not. */
@NullMarked
package milepost.api.identity.security;

import org.jspecify.annotations.NullMarked;
