package dev.ebt.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.testing.OtherThread;
import org.junit.jupiter.api.Test;

class ThreadGuardTest {
  private final ThreadGuard guard = new ThreadGuard(Backend.class);

  private void enter() {
    guard.enter().close();
  }

  private void enterClaimed() {
    guard.enterClaimed().close();
  }

  @Test
  void aSecondThreadIsRefusedWhileTheFirstIsInACall() {
    String here = Thread.currentThread().getName();
    try (ThreadGuard.Use outer = guard.enter()) {
      enter();
      assertThat(OtherThread.failure("second", this::enter))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Backend is not thread-safe: thread 'second' called it while thread '"
                  + here
                  + "' was using it. Open one TrainedModel per thread, or hold one lock from"
                  + " the observation of a context to the last call that uses it");
    }
  }

  @Test
  void threadsMayTakeTurns() {
    enter();
    assertThat(OtherThread.failure("second", this::enter)).isNull();
    assertThatCode(this::enter).doesNotThrowAnyException();
  }

  @Test
  void callsThatBelongTogetherAreOneThreadsAlone() {
    guard.claim().close();
    assertThat(OtherThread.failure("second", this::enterClaimed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "thread 'second' called it after thread '%s' observed its context",
            Thread.currentThread().getName());
    assertThatCode(this::enterClaimed).doesNotThrowAnyException();
    assertThat(
            OtherThread.failure(
                "second",
                () -> {
                  guard.claim().close();
                  enterClaimed();
                }))
        .isNull();
    assertThatThrownBy(this::enterClaimed)
        .hasMessageContaining("after thread 'second' observed its context");
  }

  @Test
  void whatNobodyClaimedAnyThreadMayUse() {
    enterClaimed();
    assertThat(OtherThread.failure("second", this::enterClaimed)).isNull();
  }

  @Test
  void aFailingCallEnds() {
    assertThatThrownBy(
            () -> {
              try (ThreadGuard.Use use = guard.enter()) {
                throw new IllegalArgumentException();
              }
            })
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(OtherThread.failure("second", this::enter)).isNull();
  }
}
