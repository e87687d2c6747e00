/** The tree of the log as the database keeps it: grown and signed by one node at a time, and checked by each. */
@NullMarked
package milepost.query.audit.store;

import org.jspecify.annotations.NullMarked;
