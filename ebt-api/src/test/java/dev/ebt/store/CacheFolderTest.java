package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
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

  @Test
  void theLimitIsThatOfTheUserOrTenGibibytes() {
    assertThat(CacheFolder.limit(Map.of())).isEqualTo(10L << 30);
    assertThat(CacheFolder.limit(Map.of("EBT_CACHE_SIZE", "500 MiB"))).isEqualTo(500 << 20);
    assertThatThrownBy(() -> CacheFolder.limit(Map.of("EBT_CACHE_SIZE", "much")))
        .isInstanceOf(UserException.class)
        .hasMessage("EBT_CACHE_SIZE is 'much'; a size such as 500 MiB or 20 GiB expected");
  }
}
