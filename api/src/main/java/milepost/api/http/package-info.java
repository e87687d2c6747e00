/** What all endpoints share: targets, bodies, receipts, failures. */
@NullMarked
package milepost.api.http;

import org.jspecify.annotations.NullMarked;
