@NullMarked
package milepost.query;

import org.jspecify.annotations.NullMarked;
