/** The one record of a plan, by part, which rules decide on and read models tell from; pure. */
@NullMarked
package milepost.plan;

import org.jspecify.annotations.NullMarked;
