/** How much of something one may do in a while, and by what address one is counted. */
@NullMarked
package milepost.api.identity.limit;

import org.jspecify.annotations.NullMarked;
