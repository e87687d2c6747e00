/** What several plans add up to. */
@NullMarked
package milepost.query.network;

import org.jspecify.annotations.NullMarked;
