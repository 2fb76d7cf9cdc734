package dev.ebt.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptTest {
  private final List<String> heard = new ArrayList<>();
  private final Interrupt interrupt =
      new Interrupt(() -> heard.add("notice"), signal -> heard.add("end by " + signal));

  @Test
  void firstSignalIsARequestAndASecondOneEndsAtOnce() {
    assertThat(interrupt.requested()).isFalse();
    interrupt.received("TERM");
    assertThat(interrupt.requested()).isTrue();
    assertThat(heard).containsExactly("notice");
    interrupt.received("INT");
    assertThat(heard).containsExactly("notice", "end by INT");
  }
}
