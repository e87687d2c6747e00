/**
 * How one signs in: the embedded issuer of tokens (OAuth 2.0), or the keys of the organisation's own OpenID provider.
 */
@NullMarked
package milepost.api.identity.issuer;

import org.jspecify.annotations.NullMarked;
