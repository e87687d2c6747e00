/** The series that a chart draws. */
@NullMarked
package milepost.query.progress;

import org.jspecify.annotations.NullMarked;
