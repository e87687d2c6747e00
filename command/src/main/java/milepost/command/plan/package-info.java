/** The action plan: one stream, one boundary; commands, and the rules by which its record admits them. */
@NullMarked
package milepost.command.plan;

import org.jspecify.annotations.NullMarked;
