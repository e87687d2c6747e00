package milepost.query.audit;

import java.util.Optional;
import java.util.Set;

/** Signs what the log has become, and keeps in mind, outside the database, what was signed last. */
public interface Notary {
    /** The public halves of the keys this node signs with; none if it has no key. */
    Set<VerifierKey> keys();

    /** Kept before it is returned, so that no other tree is ever signed in its place. */
    Note sign(long size, Hash root);

    /** Keeps what another node signed, once it was found right, as if it were our own. */
    void keep(Note checkpoint);

    /**
     * The largest log that this node signed or found right.
     *
     * @throws AuditMismatch if it was kept and cannot be read
     */
    Optional<Checkpoint> signed();
}
