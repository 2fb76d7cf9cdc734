package dev.ebt.bench.watch;

import dev.ebt.run.RunStatus;
import java.nio.file.Path;
import java.util.Map;

/** A receiver of what happens to watched runs. */
public interface WatchListener {
  /** Called once for a run that does not exist yet. */
  void waiting(Path run);

  /**
   * Called for each line of the metrics of a run.
   *
   * @param steps the updates after which the training is complete
   * @param line values by name
   */
  void metrics(Path run, long steps, Map<String, Object> line);

  /** Called for what is wrong with the files of a run, in a sentence; it is watched on. */
  void problem(Path run, String what);

  /**
   * Called when nobody trains a run, as the last call for it.
   *
   * @param step the step of its last metrics; 0 without any
   */
  void ended(Path run, long step, RunStatus status);
}
