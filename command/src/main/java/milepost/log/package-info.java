/** What the log is as a table: its clock and its size. */
@NullMarked
package milepost.log;

import org.jspecify.annotations.NullMarked;
