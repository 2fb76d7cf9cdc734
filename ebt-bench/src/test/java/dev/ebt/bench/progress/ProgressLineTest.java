package dev.ebt.bench.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebt.plugin.ProgressListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
  private static final int WIDE = 200;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whereThereIsNoTerminalOnlyWhatStaysIsWritten() {
    ProgressLine line = new ProgressLine(out, false, WIDE, 0, 10, clock::get);
    line.show(5, () -> List.of("loss 1.0"));
    line.print("step 5");
    line.show(10, () -> List.of("loss 0.5"));
    line.clear();
    assertThat(written()).isEqualTo("step 5" + System.lineSeparator());
  }

  @Test
  void whereThereIsNoTerminalALongSilenceIsBroken() {
    ProgressLine line = new ProgressLine(out, false, WIDE, 0, 100, clock::get);
    for (int done = 1; done <= 100; done++) {
      clock.addAndGet(1_000_000_000L);
      if (done == 40) {
        line.print("step 40");
      }
      line.show(done, () -> List.of("loss 0.5"));
    }
    assertThat(written().lines())
        .containsExactly(
            "30/100  1.0/s  1:10 left  loss 0.5",
            "step 40",
            "70/100  1.0/s  30 s left  loss 0.5",
            "100/100  1.0/s  0 s left  loss 0.5");
  }

  @Test
  void onATerminalTheLineShowsHowMuchIsDoneAndMakesRoomForWhatStays() {
    ProgressLine line = new ProgressLine(out, true, WIDE, 0, 10, clock::get);
    clock.set(4_000_000_000L);
    line.show(10, () -> List.of("loss 0.500"));
    assertThat(written()).matches("\r━{24} 10/10 {2}2\\.5/s {2}0 s left {2}loss 0\\.500");
    line.print("done");
    assertThat(written()).matches("(?s)\r━.*\r +\rdone\\R");
  }

  @ParameterizedTest
  @CsvSource({
    "58, ━━━━━━━━━━━━━━━━━━━━━━━━ 10/10  2.5/s  0 s left  loss 0.5",
    "57, 10/10  2.5/s  0 s left  loss 0.5",
    "31, 10/10  2.5/s  0 s left",
    "29, 10/10  2.5/s  0 s left",
    "10, 10/10  2."
  })
  void onANarrowTerminalItNeverFillsARow(int columns, String text) {
    ProgressLine line = new ProgressLine(out, true, columns, 0, 10, clock::get);
    clock.set(4_000_000_000L);
    line.show(10, () -> List.of("loss 0.5"));
    assertThat(written()).isEqualTo("\r" + text);
    line.clear();
    assertThat(written()).isEqualTo("\r" + text + "\r" + " ".repeat(text.length()) + "\r");
  }

  @ParameterizedTest
  @CsvSource({
    "65, 10/10  2.5/s  0 s left  loss 0.5  gap 2",
    "40, 10/10  2.5/s  0 s left  loss 0.5  gap 2",
    "39, 10/10  2.5/s  0 s left  loss 0.5"
  })
  void theLastMetricsAreLeftOutWhole(int columns, String text) {
    ProgressLine line = new ProgressLine(out, true, columns, 0, 10, clock::get);
    clock.set(4_000_000_000L);
    line.show(10, () -> List.of("loss 0.5", "gap 2"));
    assertThat(written()).endsWith(text);
  }

  @Test
  void metricsAreComputedOnlyWhenTheyAreShown() {
    ProgressLine line = new ProgressLine(out, false, WIDE, 0, 10, clock::get);
    line.show(
        5,
        () -> {
          throw new AssertionError("nothing is written yet");
        });
    assertThat(written()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0/s", "2.54, 2.5/s", "0.1, 0.1/s", "0.07, 14 s each", "0.01, 1:40 each"})
  void aSlowRateIsTheTimeOfEach(double rate, String text) {
    assertThat(ProgressLine.rate(rate)).isEqualTo(text);
  }

  @Test
  void itIsNotDrawnMoreOftenThanAnyoneCanRead() {
    ProgressLine line = new ProgressLine(out, true, WIDE, 0, 1_000_000, clock::get);
    for (int i = 0; i < 1000; i++) {
      line.show(i, () -> List.of());
      clock.addAndGet(1_000_000L);
    }
    assertThat(written().chars().filter(c -> c == '\r').count()).isEqualTo(10);
  }

  @Test
  void shortWorkIsNotShown() {
    try (ProgressListener.Work work =
        new ProgressLines(out, true, WIDE, clock::get).listener().begin("images read", 3)) {
      work.done();
      work.done();
      work.done();
    }
    assertThat(written()).isEmpty();
  }

  @Test
  void longWorkIsShownWhileItLasts() {
    try (ProgressListener.Work work =
        new ProgressLines(out, true, WIDE, clock::get).listener().begin("images read", 4)) {
      work.done();
      clock.set(2_000_000_000L);
      work.done();
    }
    assertThat(written())
        .matches("\\r━{12}─{12} 2/4 {2}1\\.0/s {2}2 s left {2}images read\\r +\\r");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59.4, 59 s",
    "59.6, 1:00",
    "187, 3:07",
    "3753, 1:02:33",
    "360000, 100:00:00"
  })
  void timeIsWrittenAsPeopleReadIt(double seconds, String text) {
    assertThat(ProgressLine.time(seconds)).isEqualTo(text);
  }
}
