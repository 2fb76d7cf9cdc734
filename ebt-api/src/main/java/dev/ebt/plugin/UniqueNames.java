package dev.ebt.plugin;

import dev.ebt.error.UserException;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;

/** Checks that the name of a plugin, or of a part of one kind, is used once. */
final class UniqueNames {
  private UniqueNames() {}

  /** Returns the only plugin of those with one name. */
  static LoadedPlugin plugin(Set<LoadedPlugin> same) {
    Iterator<LoadedPlugin> all = same.iterator();
    LoadedPlugin plugin = all.next();
    if (all.hasNext()) {
      throw new UserException(
          "two plugins are called '"
              + plugin.name()
              + "': one from "
              + plugin.origin()
              + ", one from "
              + all.next().origin()
              + "; leave one of them away");
    }
    return plugin;
  }

  /**
   * Returns the only part of those of one kind with one name.
   *
   * @param from returns the plugin that provides a part
   */
  static <V> V of(String kind, String name, Set<V> same, Function<V, LoadedPlugin> from) {
    Iterator<V> all = same.iterator();
    V only = all.next();
    if (all.hasNext()) {
      throw PluginContents.sameName(kind, name, from.apply(only), from.apply(all.next()));
    }
    return only;
  }
}
