package milepost.api.identity;

import org.springframework.security.access.AccessDeniedException;

/** Refused for who asks, whatever is asked. */
public final class NotAllowed extends AccessDeniedException {
    NotAllowed(String message) {
        super(message);
    }
}
