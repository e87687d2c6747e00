/** How read tables are kept, rebuilt, and how far behind they are. */
@NullMarked
package milepost.query.projection;

import org.jspecify.annotations.NullMarked;
