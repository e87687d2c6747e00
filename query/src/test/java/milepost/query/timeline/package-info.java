/** What a story says. */
@NullMarked
package milepost.query.timeline;

import org.jspecify.annotations.NullMarked;
