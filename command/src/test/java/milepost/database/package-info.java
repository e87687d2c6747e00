/** What is wrong with the database when it fails for a while. */
@NullMarked
package milepost.database;

import org.jspecify.annotations.NullMarked;
