package milepost.query.audit;

import java.util.Optional;

/** Signs what the log has become, and keeps in mind, outside the database, what was signed last. */
public interface Notary {
    /** Whether this node has a key. */
    boolean canSign();

    /** Kept before it is returned, so that no other tree is ever signed in its place. */
    Note sign(long size, Hash root);

    /** What this node signed last. */
    Optional<Checkpoint> signed();
}
