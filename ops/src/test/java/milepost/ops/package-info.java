@NullMarked
package milepost.ops;

import org.jspecify.annotations.NullMarked;
