@NullMarked
package milepost.api.identity;

import org.jspecify.annotations.NullMarked;
