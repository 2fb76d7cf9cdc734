package dev.ebt.error;

import java.util.Map;

/** Lookups of values that are there by construction. */
public final class Required {
  private Required() {}

  /**
   * Returns the value of a key.
   *
   * @throws IllegalStateException if there is none, which is a fault of the program; the message
   *     names the key and the keys of the map
   */
  public static <K, V> V of(Map<? super K, ? extends V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("no value of '" + key + "'; known are " + map.keySet());
    }
    return value;
  }
}
