@NullMarked
package milepost.api.start.database;

import org.jspecify.annotations.NullMarked;
