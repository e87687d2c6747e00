@NullMarked
package milepost.api.history;

import org.jspecify.annotations.NullMarked;
