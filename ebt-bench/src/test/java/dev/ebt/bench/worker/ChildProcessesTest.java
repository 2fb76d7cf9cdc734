package dev.ebt.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChildProcessesTest {
  private static final int ALL = Runtime.getRuntime().availableProcessors();

  @Test
  void trainingsAtTheSameTimeShareTheProcessors() {
    assertThat(ChildProcesses.command(2))
        .contains("-XX:ActiveProcessorCount=" + Math.max(1, ALL / 2));
    assertThat(ChildProcesses.command(ALL + 1)).contains("-XX:ActiveProcessorCount=1");
  }

  @Test
  void aTrainingAloneHasThoseOfThisProcess() {
    assertThat(ChildProcesses.command(1)).hasSize(ChildProcesses.command(2).size() - 1);
  }
}
