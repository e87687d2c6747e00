@NullMarked
package milepost.ops.verify;

import org.jspecify.annotations.NullMarked;
