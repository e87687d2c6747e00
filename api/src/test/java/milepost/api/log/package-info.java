@NullMarked
package milepost.api.log;

import org.jspecify.annotations.NullMarked;
