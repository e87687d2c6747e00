/** What all endpoints share: problems, reading bodies, moments and pages, the documentation. */
@NullMarked
package milepost.api.http;

import org.jspecify.annotations.NullMarked;
