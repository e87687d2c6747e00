@NullMarked
package milepost.api.identity.issuer;

import org.jspecify.annotations.NullMarked;
