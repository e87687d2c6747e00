@NullMarked
package milepost.api.trace;

import org.jspecify.annotations.NullMarked;
