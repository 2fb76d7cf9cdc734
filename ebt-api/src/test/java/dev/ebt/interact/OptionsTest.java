package dev.ebt.interact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
  record Good(
      @Option(value = "K", description = "How many.") Integer topK,
      @Option(
              value = "PATH",
              description = {"Files,", "each once."})
          List<Path> files,
      @Option(description = "A flag.") Boolean explain) {
    Good {
      if (topK != null && topK < 0) {
        throw new UserException("--top-k is " + topK + "; 0 or more expected");
      }
    }
  }

  record Unmarked(Integer x) {}

  record Unsupported(@Option(description = "A time.") Instant at) {}

  @Test
  void namesAndTypesComeFromTheComponents() {
    assertThat(Options.of(Good.class).specs())
        .containsExactly(
            new Options.Spec("--top-k", Integer.class, false, "K", List.of("How many.")),
            new Options.Spec("--files", Path.class, true, "PATH", List.of("Files,", "each once.")),
            new Options.Spec("--explain", Boolean.class, false, "", List.of("A flag.")));
    assertThat(Options.of(Good.class).haveAll(Set.of("--files", "--top-k"))).isTrue();
    assertThat(Options.of(Good.class).haveAll(Set.of("--files", "--image"))).isFalse();
  }

  @Test
  void whatIsNotGivenIsNull() {
    assertThat(Options.of(Good.class).create(Map.of("--explain", true)))
        .isEqualTo(new Good(null, null, true));
  }

  @Test
  void theRecordsOwnMessageIsPassedOn() {
    assertThatThrownBy(() -> Options.of(Good.class).create(Map.of("--top-k", -1)))
        .isInstanceOf(UserException.class)
        .hasMessage("--top-k is -1; 0 or more expected");
  }

  @Test
  void componentsWithoutMarkOrOfAnotherTypeAreNamed() {
    assertThatThrownBy(() -> Options.of(Unmarked.class))
        .hasMessageContaining("Unmarked.x is not marked with @Option");
    assertThatThrownBy(() -> Options.of(Unsupported.class))
        .hasMessageContaining("Unsupported.at is a java.time.Instant; String, Integer,");
  }
}
