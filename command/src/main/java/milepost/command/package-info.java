/** What is asked of a plan, and every way to be refused. */
@NullMarked
package milepost.command;

import org.jspecify.annotations.NullMarked;
