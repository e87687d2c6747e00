@NullMarked
package milepost.api.database;

import org.jspecify.annotations.NullMarked;
