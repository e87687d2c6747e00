/** What a scrape shows. */
@NullMarked
package milepost.query.metric;

import org.jspecify.annotations.NullMarked;
