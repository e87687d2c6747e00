@NullMarked
package milepost.api;

import org.jspecify.annotations.NullMarked;
