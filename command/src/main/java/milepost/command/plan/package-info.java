/** The action plan: one stream, one boundary; requests, state and rules of its subjects. */
@NullMarked
package milepost.command.plan;

import org.jspecify.annotations.NullMarked;
