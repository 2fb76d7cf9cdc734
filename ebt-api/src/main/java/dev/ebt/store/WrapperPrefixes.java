package dev.ebt.store;

import dev.ebt.error.UserException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The prefixes that PyTorch's wrappers add to the names of a model's parameters: {@code model.} of
 * a Lightning module, {@code _orig_mod.} of {@code torch.compile}, {@code module.} of data
 * parallelism, and combinations of them.
 */
public final class WrapperPrefixes {
  private static final Pattern PREFIXES = Pattern.compile("^(?:model\\.|_orig_mod\\.|module\\.)+");

  private WrapperPrefixes() {}

  /**
   * Returns the tensors by the model's own names, without prefixes.
   *
   * @param file its name in messages
   * @throws UserException if two of them then have the same name
   */
  public static <T> Map<String, T> removed(Path file, Map<String, T> tensors) {
    Map<String, T> named = new LinkedHashMap<>();
    Map<String, String> full = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          String own = PREFIXES.matcher(name).replaceFirst("");
          named.put(own, tensor);
          String other = full.put(own, name);
          if (other != null) {
            throw new UserException(
                String.format(
                    Locale.ROOT,
                    "%s has two tensors for '%s': '%s' and '%s'; leave one of them away",
                    file,
                    own,
                    other,
                    name));
          }
        });
    return named;
  }

  /** Removes prefixes only where that yields an expected name; other names are unchanged. */
  static <T> Map<String, T> removed(Map<String, T> tensors, Set<String> expected) {
    Map<String, T> named = new LinkedHashMap<>(tensors);
    tensors.forEach(
        (name, tensor) -> {
          String own = PREFIXES.matcher(name).replaceFirst("");
          if (!expected.contains(name) && expected.contains(own) && !named.containsKey(own)) {
            named.remove(name);
            named.put(own, tensor);
          }
        });
    return named;
  }
}
