package dev.ebt.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;

/**
 * The documentation of settings at run time: what the {@code @param} tags of a settings record say,
 * and the comments on the constants of its enums. {@link SettingDocsWriter} extracts it from the
 * sources when a module is built.
 */
public final class SettingDocs {
  /** The resource of every module that holds its documentation. */
  static final String RESOURCE = "META-INF/ebt-settings.properties";

  /** What a class loader finds does not change, and is read once: {@code init} asks a lot. */
  private static final Map<ClassLoader, Map<String, String>> BY_LOADER =
      Collections.synchronizedMap(new WeakHashMap<>());

  private SettingDocs() {}

  /**
   * Returns the documentation of a record's components or an enum's constants by their names in
   * Java; without those that have none.
   */
  public static Map<String, String> of(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null) {
      return Map.of();
    }
    String prefix = type.getName() + ".";
    Map<String, String> documentation = new LinkedHashMap<>();
    BY_LOADER
        .computeIfAbsent(loader, SettingDocs::readAll)
        .forEach(
            (key, text) -> {
              if (key.startsWith(prefix)) {
                documentation.put(key.substring(prefix.length()), text);
              }
            });
    return documentation;
  }

  private static Map<String, String> readAll(ClassLoader loader) {
    Map<String, String> all = new HashMap<>();
    try {
      for (URL url : Collections.list(loader.getResources(RESOURCE))) {
        read(url).forEach((key, text) -> all.putIfAbsent(key.toString(), text.toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Properties read(URL url) throws IOException {
    Properties all = new Properties();
    // A jar is not to stay open: plugins are replaced while others are in use.
    var connection = url.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      all.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return all;
  }
}
