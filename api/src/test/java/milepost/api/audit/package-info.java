@NullMarked
package milepost.api.audit;

import org.jspecify.annotations.NullMarked;
