/** The action plan: one stream, one boundary; requests and the rules that its record is held against. */
@NullMarked
package milepost.command.plan;

import org.jspecify.annotations.NullMarked;
