/** The tables in which every plan stands, for lists and totals; one plan alone is told from its record. */
@NullMarked
package milepost.query.plan.store;

import org.jspecify.annotations.NullMarked;
