@NullMarked
package milepost.query.audit;

import org.jspecify.annotations.NullMarked;
