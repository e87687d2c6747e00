/** The facts, and the values that follow from them: what both sides share. Nothing here knows a framework. */
@NullMarked
package milepost.event;

import org.jspecify.annotations.NullMarked;
