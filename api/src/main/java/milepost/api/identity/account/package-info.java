/** Local accounts and the programs that act for them: where there is no OpenID provider of the organisation's own. */
@NullMarked
package milepost.api.identity.account;

import org.jspecify.annotations.NullMarked;
