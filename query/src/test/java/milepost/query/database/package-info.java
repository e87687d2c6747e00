/** What is wrong with the database when it fails for a while. */
@NullMarked
package milepost.query.database;

import org.jspecify.annotations.NullMarked;
