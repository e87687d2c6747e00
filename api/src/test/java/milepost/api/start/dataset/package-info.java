@NullMarked
package milepost.api.start.dataset;

import org.jspecify.annotations.NullMarked;
