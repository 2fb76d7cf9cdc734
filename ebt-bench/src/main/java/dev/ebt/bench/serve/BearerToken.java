package dev.ebt.bench.serve;

import dev.ebt.error.UserException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A secret that requests bear in the header {@code Authorization: Bearer …}. */
public final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private final byte[] secret;

  private BearerToken(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Returns a token; white space around it is left out.
   *
   * @param source what has the secret, for messages, which do not contain the secret itself
   * @throws UserException if it is empty or has characters that a header cannot have
   */
  public static BearerToken of(String source, String secret) {
    String token = secret.strip();
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new UserException(
          source
              + (token.isEmpty() ? " is empty" : " has white space or characters beyond ASCII")
              + "; a token of printable ASCII characters expected");
    }
    return new BearerToken(token.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Returns whether a header bears this token. The time does not depend on the number of equal
   * characters.
   *
   * @param authorization the value of the header; null if there is none
   */
  boolean isBorneBy(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            secret,
            authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "a token";
  }
}
