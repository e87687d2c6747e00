@NullMarked
package milepost.api.dataset;

import org.jspecify.annotations.NullMarked;
