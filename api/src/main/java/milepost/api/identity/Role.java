package milepost.api.identity;

import static milepost.api.identity.Right.ACCESS_LOG;
import static milepost.api.identity.Right.ACCOUNTS;
import static milepost.api.identity.Right.AUTHORS;
import static milepost.api.identity.Right.ENTRIES;
import static milepost.api.identity.Right.FOUND;
import static milepost.api.identity.Right.GOVERN;
import static milepost.api.identity.Right.HISTORY;
import static milepost.api.identity.Right.NAMES;
import static milepost.api.identity.Right.OPERATE;
import static milepost.api.identity.Right.READ;
import static milepost.api.identity.Right.RECORD;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** In what office one acts, and what that allows within the {@link Grant}'s cities or country; RIGHTS.md tells it. */
public enum Role {
    CSCO("csco", READ, AUTHORS, HISTORY, RECORD),
    NATIONAL_REPRESENTATIVE("national-representative", READ, AUTHORS, HISTORY, RECORD, GOVERN),
    SECRETARIAT("secretariat", READ, AUTHORS, NAMES, HISTORY, ENTRIES, RECORD, GOVERN, FOUND, ACCOUNTS),
    AUDITOR("auditor", READ, AUTHORS, NAMES, HISTORY, ENTRIES, ACCESS_LOG),
    OPERATOR("operator", READ, OPERATE),
    READER("reader", READ),
    /** Milepost itself, importing a dataset; no token grants it. */
    SYSTEM("system", RECORD, GOVERN, FOUND);

    /** The roles that a token can grant. */
    public static final Set<Role> GRANTED = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(SYSTEM)));

    @JsonValue
    public final String code;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    public final Set<Right> rights;

    Role(String code, Right... rights) {
        this.code = code;
        this.rights = Set.of(rights);
    }

    /** A role that somebody can have, by its code. */
    public static Optional<Role> of(String code) {
        return GRANTED.stream().filter(role -> role.code.equals(code)).findFirst();
    }
}
