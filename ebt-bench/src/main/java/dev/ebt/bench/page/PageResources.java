package dev.ebt.bench.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files that pages and charts are made with, from the class path. */
final class PageResources {
  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/";

  private PageResources() {}

  /** Returns the minified source of Apache ECharts, with its licence. */
  static String echarts() {
    return text(ECHARTS + "echarts.min.js");
  }

  /** Returns a smaller build of Apache ECharts, with lines and points but without heat maps. */
  static String commonEcharts() {
    return text(ECHARTS + "echarts.common.min.js");
  }

  /** Returns the function that writes the numbers of axes. */
  static String numbers() {
    return own("numbers.js");
  }

  /** Returns a file of this package. */
  static String own(String name) {
    return text(name);
  }

  private static String text(String name) {
    try (InputStream resource = PageResources.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("no " + name + " on the class path");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
