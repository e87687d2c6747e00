@NullMarked
package milepost.api.operate;

import org.jspecify.annotations.NullMarked;
