package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsHistoryTest {
  @TempDir private Path folder;

  private MetricsHistory read(String content) throws IOException {
    return MetricsHistory.read(Files.writeString(folder.resolve("metrics.jsonl"), content));
  }

  @Test
  void aFileThatIsNotThereHasNoRows() {
    assertThat(MetricsHistory.read(folder.resolve("none")))
        .isEqualTo(new MetricsHistory(List.of(), 0));
  }

  @Test
  void numbersAndListsAreReadByName() throws IOException {
    MetricsHistory history =
        read(
            """
            {"step":1,"loss":2.5,"time":"2026-01-01T00:00:00Z"}
            {"step":2,"validation.loss":2,"validation.lossBySteps":[3,2.5]}
            {"step":3,"loss":1.5}
            """);

    assertThat(history.rows()).hasSize(3);
    assertThat(history.names()).containsExactly("loss", "validation.loss");
    assertThat(history.rows().get(1).lists())
        .isEqualTo(Map.of("validation.lossBySteps", List.of(3.0, 2.5)));
    assertThat(history.curve("loss").steps()).containsExactly(1, 3);
    assertThat(history.curve("loss").values()).containsExactly(2.5, 1.5);
    assertThat(history.curve("none").size()).isZero();
  }

  @Test
  void valuesThatAreNoNumbersStay() throws IOException {
    double[] values =
        read("{\"step\":1,\"loss\":\"NaN\"}\n{\"step\":2,\"loss\":\"-Infinity\"}\n")
            .curve("loss")
            .values();

    assertThat(values).containsExactly(Double.NaN, Double.NEGATIVE_INFINITY);
  }

  @Test
  void aTornLastLineIsNotCountedAsDamagedAndOthersAre() throws IOException {
    MetricsHistory history =
        read(
            "{\"step\":1,\"loss\":1}\n{\"step\":2,\"lo\n[1]\n{\"step\":3,\"loss\":3}\n{\"step\":4,");

    assertThat(history.rows().stream().map(MetricsHistory.Row::step)).containsExactly(1L, 3L);
    assertThat(history.damaged()).isEqualTo(2);
  }
}
