package dev.ebt.tensor;

/** The names of operations in messages: {@code RECIPROCAL_ROOT} becomes {@code reciprocalRoot}. */
final class OpNames {
  private OpNames() {}

  static String of(Enum<?> constant) {
    StringBuilder name = new StringBuilder();
    boolean upper = false;
    for (char c : constant.name().toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        name.append(upper ? c : Character.toLowerCase(c));
        upper = false;
      }
    }
    return name.toString();
  }
}
