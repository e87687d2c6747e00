package milepost.api.identity.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.function.Consumer;
import milepost.api.Node;

/** Makes tokens from one that a node has issued: with other claims, signed with its own key or with another. */
final class Forger {
    private final ECKey key;
    private final SignedJWT issued;

    Forger(Node node, String bearer) {
        key = node.bean(SigningKeys.class).signing();
        try {
            issued = SignedJWT.parse(bearer.substring("Bearer ".length()));
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    /** The public key that verifies the node's tokens. */
    ECKey key() {
        return key.toPublicJWK();
    }

    SignedJWT issued() {
        return issued;
    }

    /** The issued token's claims, changed. */
    JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        try {
            var claims = new JWTClaimsSet.Builder(issued.getJWTClaimsSet());
            change.accept(claims);
            return claims.build();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    /** Signed as the node does, so that nothing but the claims can be wrong. */
    String token(Consumer<JWTClaimsSet.Builder> change) {
        return signed(header(JWSAlgorithm.ES256), signer(), claims(change));
    }

    static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    JWSSigner signer() {
        try {
            return new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Names the node's key, whatever signs. */
    JWSHeader header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build();
    }
}
