package dev.ebt.experiment;

import dev.ebt.store.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The time that the trainings of a run took on the clock of the wall, as its history has it. */
final class TrainingTime {
  private TrainingTime() {}

  /**
   * Returns the seconds from each beginning of a training to its end, or to what else is recorded
   * last of it; 0 for a folder without a run. The times in a history are whole seconds.
   */
  static double seconds(Path run) {
    if (!RunDirectory.isPresent(run)) {
      return 0;
    }
    double seconds = 0;
    Instant begun = null;
    for (Map<String, Object> line : RunDirectory.read(run).history().lines()) {
      Optional<Instant> time = time(line);
      if ("begin".equals(line.get("event"))) {
        begun = time.orElse(null);
      } else {
        seconds += between(begun, time);
        begun = time.orElse(null); // After a warning the training goes on.
      }
    }
    return seconds;
  }

  private static double between(@Nullable Instant begun, Optional<Instant> ended) {
    return begun == null || ended.isEmpty()
        ? 0
        : Duration.between(begun, ended.get()).toMillis() / 1e3;
  }

  private static Optional<Instant> time(Map<String, Object> line) {
    return line.get("time") instanceof String text
        ? Optional.of(Instant.parse(text))
        : Optional.empty();
  }
}
