package milepost.ops.verify;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import milepost.query.audit.Note;
import milepost.query.audit.VerifierKey;

/** A key made on the spot. */
record Key(String name, KeyPair pair) implements Note.Signer {
    static Key of(String name) {
        try {
            return new Key(name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public VerifierKey key() {
        return VerifierKey.of(name, pair.getPublic());
    }

    @Override
    public byte[] sign(byte[] text) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return key().toString();
    }
}
