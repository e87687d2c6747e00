/** The network over HTTP. */
@NullMarked
package milepost.api.network;

import org.jspecify.annotations.NullMarked;
