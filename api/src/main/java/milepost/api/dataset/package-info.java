/** The network's own documents, and their import. */
@NullMarked
package milepost.api.dataset;

import org.jspecify.annotations.NullMarked;
