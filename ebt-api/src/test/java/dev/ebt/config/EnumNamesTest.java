package dev.ebt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ebt.error.UserException;
import dev.ebt.plugin.SettingDescriptions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An enum of a plugin needs no annotations to be a setting with values like those of others. */
class EnumNamesTest {
  enum Wind {
    CALM,
    LIGHT_BREEZE,
    @JsonProperty("gale")
    STRONG
  }

  record Weather(Wind wind) {}

  private static Optional<Weather> read(String yaml) {
    Problems problems = new Problems();
    Document document = Document.parse(Origin.file("my.yaml"), yaml, problems);
    Optional<Weather> weather =
        new RecordReader(document, problems).read(Weather.class, document.root(), "");
    problems.throwIfAny();
    return weather;
  }

  @Test
  void constantsAreReadAndWrittenByNamesWithHyphens() {
    assertThat(read("wind: light-breeze")).contains(new Weather(Wind.LIGHT_BREEZE));
    assertThat(Binding.tree(new Weather(Wind.LIGHT_BREEZE)).path("wind").asText())
        .isEqualTo("light-breeze");
  }

  @Test
  void givenNameReplacesThatOfTheConstant() {
    assertThat(read("wind: gale")).contains(new Weather(Wind.STRONG));
    assertThatThrownBy(() -> read("wind: strong")).isInstanceOf(UserException.class);
  }

  @Test
  void messageAndDocumentationListTheNamesThatAreRead() {
    assertThatThrownBy(() -> read("wind: LIGHT_BREEZE"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("calm, gale, light-breeze");
    assertThat(SettingDescriptions.of(Weather.class).get(0).type())
        .isEqualTo("one of calm, light-breeze, gale");
  }
}
