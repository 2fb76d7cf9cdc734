package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.interact.EvaluationTask;
import dev.ebt.interact.TaskReader;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract tests of tasks: a file is read to a described task, of which a part can be taken,
 * and files that are none are refused by name. The test of a task's reader extends this class and
 * inherits all tests.
 */
public abstract class TaskReaderContract {
  @TempDir private Path folder;

  /** Returns the reader. */
  protected abstract TaskReader reader();

  /** Returns the content of a file of the task, with at least two records. */
  protected abstract String content();

  /** Returns a modality whose models can be evaluated on the task. */
  protected abstract Modality modality();

  private EvaluationTask task() throws IOException {
    return reader().read(Files.writeString(folder.resolve("task"), content()));
  }

  @Test
  final void itIsListedByANameWithASummary() {
    assertThat(reader().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(reader().summary()).isNotBlank().doesNotContain("\n");
    reader().dataset().ifPresent(dataset -> assertThat(dataset).isNotBlank());
  }

  @Test
  final void aFileIsReadToADescribedTask() throws IOException {
    EvaluationTask task = task();

    assertThat(task.name()).isEqualTo(reader().name());
    assertThat(task.description()).contains(folder.resolve("task").toString()).doesNotContain("\n");
    assertThat(task.size()).isGreaterThan(1);
    assertThat(task.leftOut()).isNotNegative();
    assertThat(task.subject()).isNotBlank();
  }

  @Test
  final void theFirstRecordsAreATaskToo() throws IOException {
    assertThat(task().limited(1).size()).isEqualTo(1);
    assertThat(task().limited(Integer.MAX_VALUE).size()).isEqualTo(task().size());
  }

  @Test
  final void itIsForSomeModalitiesOnly() throws IOException {
    assertThat(task().supports(modality())).isTrue();
    assertThat(task().supports(new PointModality(Shape.scalar(), 1))).isFalse();
  }

  @Test
  final void whatIsNoFileOfTheTaskIsRefusedByName() throws IOException {
    Path missing = folder.resolve("missing");
    Path empty = Files.writeString(folder.resolve("empty"), "");

    for (Path file : new Path[] {missing, empty}) {
      assertThatThrownBy(() -> reader().read(file))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(file.toString());
    }
  }
}
