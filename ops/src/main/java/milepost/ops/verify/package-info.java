/** The auditor's command: checks an exported log, or a running server's, and shares nothing with the server. */
@NullMarked
package milepost.ops.verify;

import org.jspecify.annotations.NullMarked;
