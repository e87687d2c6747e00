/** The audit log at work: its key, its growth, its paths. */
@NullMarked
package milepost.api.audit;

import org.jspecify.annotations.NullMarked;
