/** The PostgreSQL that Milepost starts with: one of its own, or the server it is given. */
@NullMarked
package milepost.api.start.database;

import org.jspecify.annotations.NullMarked;
