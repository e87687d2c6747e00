package milepost.api.http;

import org.springframework.security.access.AccessDeniedException;

/** Refused until the password is one that only its owner knows. */
public final class PasswordTemporary extends AccessDeniedException {
    public PasswordTemporary() {
        super("Your password is temporary and allows nothing but to change it: POST /api/account/password with"
                + " {\"current\": …, \"changed\": …}, then sign in again with the new one.");
    }
}
