package dev.ebt.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("history.jsonl");
  }

  @Test
  void beginningAndEndAreRecordedWithWhatWasGiven() {
    RunHistory history = new RunHistory(file());
    assertThat(history.lines()).isEmpty();
    assertThat(history.lastEnd()).isEmpty();
    history.begin(4, Map.of("version", "1.2"));
    assertThat(history.lastEnd()).isEmpty();
    assertThat(history.beginnings())
        .singleElement()
        .satisfies(
            line -> assertThat(line).containsEntry("step", 4).containsEntry("version", "1.2"));
    RunHistory.End end = new RunHistory.End(8, "monitor", "the loss rises");
    history.end(end);
    assertThat(history.lastEnd()).contains(end);
    history.begin(8, Map.of());
    assertThat(history.lastEnd()).isEmpty();
  }

  @Test
  void aLineThatAKilledProgramLeftIncompleteIsPassedOver() throws IOException {
    RunHistory history = new RunHistory(file());
    history.begin(0, Map.of());
    Files.writeString(file(), Files.readString(file()) + "{\"event\":\"e");
    assertThat(history.lastEnd()).isEmpty();
    history.end(new RunHistory.End(3, "stopped", ""));
    assertThat(history.lastEnd()).contains(new RunHistory.End(3, "stopped", ""));
    assertThat(history.lines()).hasSize(2);
  }

  @Test
  void anEndWithoutItsValuesIsNone() throws IOException {
    Files.writeString(file(), "{\"event\":\"end\",\"step\":3}\n");
    assertThat(new RunHistory(file()).lastEnd()).isEmpty();
  }
}
