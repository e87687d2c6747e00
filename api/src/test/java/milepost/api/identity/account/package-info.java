@NullMarked
package milepost.api.identity.account;

import org.jspecify.annotations.NullMarked;
