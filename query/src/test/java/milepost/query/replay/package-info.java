/** A record, step by step. */
@NullMarked
package milepost.query.replay;

import org.jspecify.annotations.NullMarked;
