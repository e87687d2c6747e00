/** Local accounts, the people behind pseudonyms, and the programs that act for them. */
@NullMarked
package milepost.api.identity.account;

import org.jspecify.annotations.NullMarked;
