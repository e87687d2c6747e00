/** The network's own documents, and their import. */
@NullMarked
package milepost.api.start.dataset;

import org.jspecify.annotations.NullMarked;
