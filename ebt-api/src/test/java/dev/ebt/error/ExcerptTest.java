package dev.ebt.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void shortTextIsUnchanged() {
    assertThat(Excerpt.of("abcde", 5)).isEqualTo("abcde");
    assertThat(Excerpt.of("abcde", 3, 2)).isEqualTo("abcde");
  }

  @Test
  void longTextHasAnEllipsis() {
    assertThat(Excerpt.of("abcdef", 5)).isEqualTo("abcde…");
    assertThat(Excerpt.of("abcdef", 2, 1)).isEqualTo("ab…f");
  }

  @Test
  void surrogatePairsStayWhole() {
    assertThat(Excerpt.of("😀😁😂😃", 2)).isEqualTo("😀😁…");
    assertThat(Excerpt.of("😀😁😂😃", 1, 1)).isEqualTo("😀…😃");
  }

  @Test
  void excerptIsOneLine() {
    assertThat(Excerpt.of("a\nb\tc", 10)).isEqualTo("a b c");
  }
}
