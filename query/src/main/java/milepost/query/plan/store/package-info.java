/** The tables in which every plan stands, and lists of plans. */
@NullMarked
package milepost.query.plan.store;

import org.jspecify.annotations.NullMarked;
