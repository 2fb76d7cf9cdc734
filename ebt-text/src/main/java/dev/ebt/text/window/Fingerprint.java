package dev.ebt.text.window;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;

/** SHA-256 over data and settings. */
public final class Fingerprint {
  private Fingerprint() {}

  /** The same for equal splits cut with equal settings, written as text. */
  public static String of(TextSplit split, String settings) {
    Hasher hasher = Hashing.sha256().newHasher();
    split.training().hash(hasher);
    split.validation().hash(hasher);
    return hasher.putUnencodedChars(settings).hash().toString();
  }
}
