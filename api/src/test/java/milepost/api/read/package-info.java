@NullMarked
package milepost.api.read;

import org.jspecify.annotations.NullMarked;
