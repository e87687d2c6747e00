/** What is wrong with the database when it fails for a while, what our sessions need, and questions that do not wait. */
@NullMarked
package milepost.database;

import org.jspecify.annotations.NullMarked;
