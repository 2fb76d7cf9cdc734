package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTailTest {
  @TempDir private Path folder;
  private Path file;
  private JsonLinesTail tail;

  @BeforeEach
  void begin() {
    file = folder.resolve("metrics.jsonl");
    tail = new JsonLinesTail(file);
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void aMissingFileHasNoLines() {
    assertThat(tail.read()).isEqualTo(new JsonLinesTail.Added(List.of(), false, 0, false));
  }

  @Test
  void eachLineIsReadOnceWhenItIsComplete() throws IOException {
    append("{\"step\":1}\n{\"st");
    JsonLinesTail.Added first = tail.read();
    assertThat(first.lines()).containsExactly(Map.of("step", 1));
    assertThat(first.torn()).isTrue();
    append("ep\":2}\n");
    JsonLinesTail.Added second = tail.read();
    assertThat(second.lines()).containsExactly(Map.of("step", 2));
    assertThat(second.torn()).isFalse();
    assertThat(tail.read().lines()).isEmpty();
  }

  @Test
  void numbersThatAreNotFiniteAreNumbersAgain() throws IOException {
    append("{\"loss\":\"NaN\",\"bySteps\":[1.5,\"-Infinity\",null],\"time\":\"now\"}\n");
    assertThat(tail.read().lines())
        .containsExactly(
            Map.of(
                "loss",
                Double.NaN,
                "bySteps",
                Arrays.asList(1.5, Double.NEGATIVE_INFINITY, null),
                "time",
                "now"));
  }

  @Test
  void linesThatAreNoObjectsAreCountedAndLeftOut() throws IOException {
    append("{\"step\":1}\n[1]\n\n{\"step\":2} x\n{\"step\":3}\n");
    JsonLinesTail.Added added = tail.read();
    assertThat(added.lines()).containsExactly(Map.of("step", 1), Map.of("step", 3));
    assertThat(added.damaged()).isEqualTo(3);
  }

  @Test
  void aFileThatWasCutOrReplacedIsReadFromItsBeginning() throws IOException {
    append("{\"step\":1}\n{\"step\":2}\n");
    tail.read();
    DurableFiles.write(file, "{\"step\":1}\n");
    JsonLinesTail.Added cut = tail.read();
    assertThat(cut.restarted()).isTrue();
    assertThat(cut.lines()).containsExactly(Map.of("step", 1));
    DurableFiles.write(file, "{\"step\":5}\n{\"step\":6}\n");
    assertThat(tail.read().lines()).containsExactly(Map.of("step", 5), Map.of("step", 6));
  }

  @Test
  void aFolderInPlaceOfTheFileIsRefused() throws IOException {
    Files.createDirectory(file);
    assertThatThrownBy(tail::read)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + " cannot be read: ");
  }
}
