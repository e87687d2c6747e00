/** What a command is aimed at, and every way for it to be refused; commands and rules are in {@code plan}. */
@NullMarked
package milepost.command;

import org.jspecify.annotations.NullMarked;
