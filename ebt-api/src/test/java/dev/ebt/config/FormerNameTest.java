package dev.ebt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.FormerName;
import dev.ebt.error.UserException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Settings and values under an earlier name are refused with the present one. */
class FormerNameTest {
  enum Shade {
    @FormerName("gloomy")
    @JsonProperty("dark")
    DARK,
    @JsonProperty("bright")
    BRIGHT
  }

  record Paint(@FormerName("colour") int color, Shade shade) {}

  private static Optional<Paint> read(String yaml) {
    Problems problems = new Problems();
    Document document = Document.parse(Origin.file("my.yaml"), yaml, problems);
    Optional<Paint> paint =
        new RecordReader(document, problems).read(Paint.class, document.root(), "");
    problems.throwIfAny();
    return paint;
  }

  @Test
  void presentNamesAreRead() {
    assertThat(read("color: 3\nshade: dark")).contains(new Paint(3, Shade.DARK));
  }

  @Test
  void formerNameOfASettingIsRefusedWithThePresentOne() {
    assertThatThrownBy(() -> read("colour: 3"))
        .isInstanceOf(UserException.class)
        .hasMessage("my.yaml, line 1: colour has been renamed; use color");
  }

  @Test
  void formerNameOfAValueIsRefusedWithThePresentOne() {
    assertThatThrownBy(() -> read("color: 3\nshade: gloomy"))
        .isInstanceOf(UserException.class)
        .hasMessage("my.yaml, line 2: shade=gloomy has been renamed; use dark");
  }
}
