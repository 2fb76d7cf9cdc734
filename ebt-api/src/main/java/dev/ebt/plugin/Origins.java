package dev.ebt.plugin;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;

/** Utilities to find the jar or folder of a class or resource, as a path for people. */
final class Origins {
  private Origins() {}

  /** Returns the jar or folder of a class. */
  static String of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? "the Java runtime"
        : path(source.getLocation().toString());
  }

  /** Returns the jar or folder that contains the resource with this name at this URL. */
  static String of(URL resource, String name) {
    String address = resource.toString();
    String holder = address.substring(0, address.length() - name.length());
    return holder.startsWith("jar:")
        ? path(holder.substring(4, holder.lastIndexOf('!')))
        : path(holder);
  }

  private static String path(String address) {
    try {
      URI uri = new URI(address);
      return "file".equals(uri.getScheme()) ? Path.of(uri).toString() : address;
    } catch (URISyntaxException e) {
      return address;
    }
  }
}
