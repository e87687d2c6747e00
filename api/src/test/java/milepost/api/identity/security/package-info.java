@NullMarked
package milepost.api.identity.security;

import org.jspecify.annotations.NullMarked;
