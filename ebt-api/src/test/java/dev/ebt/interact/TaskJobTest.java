package dev.ebt.interact;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.DataOverride;
import dev.ebt.run.EvaluationRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskJobTest {
  @Test
  void otherDataHasNoEffectOnTasks() {
    EvaluationRequest request =
        EvaluationRequest.of(Path.of("run")).withData(DataOverride.at(Path.of("data")));
    assertThatThrownBy(() -> TaskJob.begin(Catalog.of(), request, List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage("--task and --data exclude each other; use one of them");
  }
}
