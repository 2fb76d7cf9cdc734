package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  @Test
  void theFolderIsThatOfTheUserForCaches() {
    assertThat(CacheFolder.of(Map.of(), "/home/a")).hasValue(Path.of("/home/a/.cache/ebt"));
    assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "/c"), "/home/a"))
        .hasValue(Path.of("/c/ebt"));
    assertThat(CacheFolder.of(Map.of("EBT_CACHE", "/d", "XDG_CACHE_HOME", "/c"), "/home/a"))
        .hasValue(Path.of("/d"));
  }

  @Test
  void anEmptyVariableTurnsCachesOff() {
    assertThat(CacheFolder.of(Map.of("EBT_CACHE", ""), "/home/a")).isEmpty();
  }
}
