@NullMarked
package milepost.log.axon;

import org.jspecify.annotations.NullMarked;
