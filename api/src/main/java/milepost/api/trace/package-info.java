/** By what id a request is known in the log, in problems and in traces; and the spans of a command's way. */
@NullMarked
package milepost.api.trace;

import org.jspecify.annotations.NullMarked;
