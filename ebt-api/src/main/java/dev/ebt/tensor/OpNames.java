package dev.ebt.tensor;

/** Names of operations as messages show them: {@code RECIPROCAL_ROOT} is {@code reciprocalRoot}. */
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
