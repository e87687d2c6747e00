/** The log as transparency logs prove it: a Merkle tree of its lines, signed as it grows, and checked again. */
@NullMarked
package milepost.query.audit;

import org.jspecify.annotations.NullMarked;
