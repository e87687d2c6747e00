@NullMarked
package milepost.api.start;

import org.jspecify.annotations.NullMarked;
