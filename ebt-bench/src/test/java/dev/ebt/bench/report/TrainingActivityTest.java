package dev.ebt.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.monitor.TrainingPhase;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingActivityTest {
  private long seconds;

  private TrainingActivity activity(boolean stopsBetweenBatches, long saved) {
    return activity(stopsBetweenBatches, 1, saved);
  }

  private TrainingActivity activity(boolean stopsBetweenBatches, int localSteps, long saved) {
    return new TrainingActivity(
        stopsBetweenBatches, 8, localSteps, saved, () -> seconds * 1_000_000_000L);
  }

  @Test
  void saysWhatIsFinishedAndForHowLong() {
    TrainingActivity activity = activity(false, 0);
    assertThat(activity.ending())
        .isEqualTo(
            "before the first update starts. Ctrl-C again ends at once; nothing is saved" + " yet");
    activity.starting(TrainingPhase.UPDATE, 1);
    seconds += 70;
    assertThat(activity.ending())
        .startsWith("update 1 is finished (it has taken 1:10 so far), then all is saved. ");
    activity.starting(TrainingPhase.UPDATE, 2);
    seconds += 12;
    assertThat(activity.ending())
        .startsWith("update 2 is finished (it has taken 12 s so far, the one before took 1:10), ");
    activity.starting(TrainingPhase.VALIDATION, 2);
    assertThat(activity.ending())
        .startsWith("the validation after step 2 is finished (it has taken 0 s so far), then");
    activity.starting(TrainingPhase.CHECKPOINT, 2);
    assertThat(activity.ending()).startsWith("the checkpoint of step 2 is written (it has taken");
    activity.checkpoint(2, List.of());
    activity.starting(TrainingPhase.UPDATE, 3);
    assertThat(activity.ending()).endsWith("; what came after step 2 is not saved yet");
  }

  @Test
  void saysThatAnUpdateIsGivenUpBetweenItsBatches() {
    TrainingActivity activity = activity(true, 40);
    activity.starting(TrainingPhase.UPDATE, 44);
    assertThat(activity.ending())
        .isEqualTo(
            "update 44 is given up after the current one of its 8 batches (it has taken 0 s so far),"
                + " then all before it is saved. Ctrl-C again ends at once; what came after step 40"
                + " is not saved yet");
  }

  @Test
  void saysThatLocalUpdatesAreFinishedUpToTheNextAverage() {
    TrainingActivity activity = activity(false, 5, 40);
    activity.starting(TrainingPhase.UPDATE, 42);
    assertThat(activity.ending())
        .startsWith(
            "the updates up to 45, the next average of the processes, are finished (of update 42, it"
                + " has taken 0 s so far), then all is saved. ");
    activity.starting(TrainingPhase.UPDATE, 45);
    assertThat(activity.ending()).startsWith("update 45 is finished (it has taken 0 s so far, ");
  }
}
