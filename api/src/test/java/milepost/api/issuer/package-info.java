@NullMarked
package milepost.api.issuer;

import org.jspecify.annotations.NullMarked;
