@NullMarked
package milepost.api.http;

import org.jspecify.annotations.NullMarked;
