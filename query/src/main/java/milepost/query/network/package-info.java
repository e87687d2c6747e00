/** All plans added up. */
@NullMarked
package milepost.query.network;

import org.jspecify.annotations.NullMarked;
