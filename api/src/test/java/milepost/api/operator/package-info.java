@NullMarked
package milepost.api.operator;

import org.jspecify.annotations.NullMarked;
