package dev.ebt.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptTest {
  private final List<String> done = new ArrayList<>();
  private final Interrupt interrupt =
      new Interrupt(() -> done.add("told"), () -> done.add("left to the system"));

  @Test
  void firstSignalIsARequestAndASecondOneIsLeftToTheSystem() {
    assertThat(interrupt.requested()).isFalse();
    interrupt.received();
    assertThat(interrupt.requested()).isTrue();
    assertThat(done).containsExactly("left to the system", "told");
    interrupt.received();
    assertThat(done).hasSize(2);
  }
}
