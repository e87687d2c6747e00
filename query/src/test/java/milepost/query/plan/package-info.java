/** What an auditor would find in a plan's numbers. */
@NullMarked
package milepost.query.plan;

import org.jspecify.annotations.NullMarked;
