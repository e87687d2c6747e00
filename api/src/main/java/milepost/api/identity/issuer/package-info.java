/** The embedded issuer of tokens (OAuth 2.0), where the organisation has no OpenID provider of its own. */
@NullMarked
package milepost.api.identity.issuer;

import org.jspecify.annotations.NullMarked;
