@NullMarked
package milepost;

import org.jspecify.annotations.NullMarked;
