package dev.ebt.text.window;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;

/** A SHA-256 hash of data and settings. */
public final class Fingerprint {
  private Fingerprint() {}

  /** Returns a hash that is equal for equal splits with equal settings, given as text. */
  public static String of(TextSplit split, String settings) {
    Hasher hasher = Hashing.sha256().newHasher();
    split.training().hash(hasher);
    split.validation().hash(hasher);
    return hasher.putUnencodedChars(settings).hash().toString();
  }
}
