@NullMarked
package milepost.api.account;

import org.jspecify.annotations.NullMarked;
