package dev.ebt.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuickTrainingTest {
  @Test
  void isOverAfterTwoMinutesHoweverFewUpdatesThatAre() {
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    QuickTraining quick = new QuickTraining(clock::get);
    assertThat(quick.over()).isFalse();
    clock.addAndGet(TimeUnit.SECONDS.toNanos(119));
    assertThat(quick.over()).isFalse();
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(quick.over()).isTrue();
  }
}
