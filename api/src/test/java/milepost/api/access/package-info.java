@NullMarked
package milepost.api.access;

import org.jspecify.annotations.NullMarked;
