@NullMarked
package milepost.api.security;

import org.jspecify.annotations.NullMarked;
