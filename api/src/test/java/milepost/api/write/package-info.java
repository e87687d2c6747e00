@NullMarked
package milepost.api.write;

import org.jspecify.annotations.NullMarked;
