/** The endpoints that record, and the way of what they are asked to the plan and back as a receipt. */
@NullMarked
package milepost.api.write;

import org.jspecify.annotations.NullMarked;
