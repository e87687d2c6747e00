/** What is wrong with the database when it fails for a while, and questions that do not wait for it. */
@NullMarked
package milepost.database;

import org.jspecify.annotations.NullMarked;
