package dev.ebt.plugin;

import com.google.inject.Injector;
import dev.ebt.error.OutOfMemoryErrors;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Utilities to discover plugins on the class path and in further jars. */
public final class Plugins {
  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
  private static final String SERVICE = "META-INF/services/" + EbtPlugin.class.getName();

  private Plugins() {}

  /**
   * Returns the catalog of all plugins: of the class path, and of the given jars, folders of jars,
   * and folders of classes. The jars share one class loader. Classes stay loaded until the program
   * ends.
   *
   * @throws UserException naming the jar, if one is invalid
   */
  public static Catalog discover(List<Path> jarsOrFolders) {
    return discover(jarsOrFolders, Catalog.noApplication());
  }

  /**
   * Returns the catalog of all plugins, as {@link #discover(List)} does, for an application with an
   * injector of its own.
   *
   * @param application the parent of the injectors of the catalog and of runs; it binds a {@link
   *     ProgressListener}
   * @throws UserException naming the jar, if one is invalid
   */
  public static Catalog discover(List<Path> jarsOrFolders, Injector application) {
    Set<Path> places = new LinkedHashSet<>();
    jarsOrFolders.forEach(place -> places.addAll(expand(place)));
    ClassLoader own = EbtPlugin.class.getClassLoader();
    ClassLoader loader =
        places.isEmpty()
            ? own
            : new URLClassLoader(places.stream().map(Plugins::url).toArray(URL[]::new), own);
    Catalog catalog = Catalog.of(application, load(loader));
    catalog
        .entries()
        .forEach(e -> LOG.debug("{} '{}' of {} ({})", e.kind(), e.name(), e.plugin(), e.origin()));
    return catalog;
  }

  /**
   * Returns a jar as it is, and for a folder its jars or, if it contains a service file, the
   * folder.
   */
  private static List<Path> expand(Path place) {
    if (!Files.exists(place)) {
      throw new UserException("plugin " + place + ": no such file or folder");
    }
    if (!Files.isDirectory(place)) {
      if (!declaresPlugin(place)) {
        throw new UserException("plugin " + place + " is not a plugin: it has no " + SERVICE);
      }
      return List.of(real(place));
    }
    if (Files.exists(place.resolve(SERVICE))) {
      checkNamesClass(place, url(place.resolve(SERVICE)));
      return List.of(real(place));
    }
    List<Path> jars;
    try (Stream<Path> files = Files.list(place)) {
      jars = files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UserException("plugin folder " + place + " cannot be read: " + ReasonText.of(e), e);
    }
    // The other jars of a folder may be dependencies of its plugins.
    if (jars.stream().filter(Plugins::declaresPlugin).count() == 0) {
      throw new UserException(
          "plugin folder "
              + place
              + " is not a plugin: none of its "
              + jars.size()
              + " jars has a "
              + SERVICE);
    }
    return jars.stream().map(Plugins::real).toList();
  }

  private static boolean declaresPlugin(Path jar) {
    boolean declares;
    try (JarFile file = new JarFile(jar.toFile())) {
      declares = file.getEntry(SERVICE) != null;
    } catch (IOException e) {
      throw new UserException(
          "plugin " + jar + " is not a jar that can be read: " + ReasonText.of(e), e);
    }
    if (declares) {
      checkNamesClass(jar, within(jar));
    }
    return declares;
  }

  private static URL within(Path jar) {
    try {
      return new URL("jar:" + jar.toUri() + "!/" + SERVICE);
    } catch (MalformedURLException e) {
      throw new UserException("plugin " + jar + " has no address: " + ReasonText.of(e), e);
    }
  }

  private static void checkNamesClass(Path place, URL serviceFile) {
    try {
      if (classNames(serviceFile).isEmpty()) {
        throw new UserException(
            "plugin "
                + place
                + " is not a plugin: its "
                + SERVICE
                + " names no class; the name of the class that implements EbtPlugin expected");
      }
    } catch (IOException e) {
      throw new UserException("plugin " + place + " cannot be read: " + ReasonText.of(e), e);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UserException("plugin " + path + " cannot be read: " + ReasonText.of(e), e);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UserException("plugin " + path + " has no address: " + ReasonText.of(e), e);
    }
  }

  private static List<LoadedPlugin> load(ClassLoader loader) {
    Map<String, String> declared = declared(loader);
    List<LoadedPlugin> loaded = new ArrayList<>();
    Iterator<EbtPlugin> found = ServiceLoader.load(EbtPlugin.class, loader).iterator();
    try {
      while (found.hasNext()) {
        EbtPlugin plugin = found.next();
        loaded.add(LoadedPlugin.of(plugin));
        declared.remove(plugin.getClass().getName());
      }
    } catch (UserException e) {
      throw e;
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      OutOfMemoryErrors.rethrow(e);
      throw failed(declared, e);
    }
    if (!declared.isEmpty()) {
      // The loader silently skips classes of named modules.
      throw failed(declared, new IllegalStateException("it is a class of a Java module"));
    }
    return loaded;
  }

  /**
   * Creates the error for a failed load. The loader follows the order of the declarations, so the
   * first one left is the one that failed.
   */
  private static UserException failed(Map<String, String> left, Throwable e) {
    Throwable reason = e.getCause() == null ? e : e.getCause();
    return left.entrySet().stream()
        .findFirst()
        .map(
            culprit ->
                new UserException(
                    "plugin class "
                        + culprit.getKey()
                        + " ("
                        + culprit.getValue()
                        + ") cannot be loaded: "
                        + reason,
                    e))
        .orElseGet(() -> new UserException("a plugin cannot be loaded: " + reason, e));
  }

  /**
   * Returns the class names of plugins with the jar or folder that declares each, in the loader's
   * order.
   */
  private static Map<String, String> declared(ClassLoader loader) {
    Map<String, String> declared = new LinkedHashMap<>();
    try {
      for (Iterator<URL> files = loader.getResources(SERVICE).asIterator(); files.hasNext(); ) {
        URL file = files.next();
        String origin = Origins.of(file, SERVICE);
        for (String name : classNames(file)) {
          String other = declared.putIfAbsent(name, origin);
          if (other != null && !other.equals(origin)) {
            throw new UserException(
                "the plugin class "
                    + name
                    + " is there twice: in "
                    + other
                    + " and in "
                    + origin
                    + "; leave one of them away");
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return declared;
  }

  private static List<String> classNames(URL serviceFile) throws IOException {
    URLConnection connection = serviceFile.openConnection();
    connection.setUseCaches(false); // A cached jar stays open, and on Windows cannot be replaced.
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }
}
