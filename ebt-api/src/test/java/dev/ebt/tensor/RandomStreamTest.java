package dev.ebt.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomStreamTest {
  @Test
  void noTwoPurposesShareAStream() {
    List<RandomStream> ordered =
        Arrays.stream(RandomStream.values())
            .sorted(Comparator.comparingLong(RandomStream::first))
            .toList();
    for (int i = 0; i < ordered.size(); i++) {
      RandomStream stream = ordered.get(i);
      assertThat(stream.first()).as("first of %s", stream).isLessThanOrEqualTo(stream.last());
      if (i > 0) {
        assertThat(stream.first())
            .as("%s after %s", stream, ordered.get(i - 1))
            .isGreaterThan(ordered.get(i - 1).last());
      }
    }
  }

  /** Stored runs and published numbers depend on them. */
  @ParameterizedTest
  @CsvSource({
    "SHUFFLE, 3, 3",
    "PARAMETER, -7, 1099511627769",
    "STEP_PLAN, 12, 2199023255564",
    "CANDIDATE, 1, 4398046511105",
    "REPLAY, 65536, 4398046576640"
  })
  void streamsHaveTheirNumbers(RandomStream stream, long offset, long number) {
    assertThat(stream.generator(33, offset).nextLong())
        .isEqualTo(Philox.generator(33, number).nextLong());
  }

  @Test
  void offsetsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> RandomStream.CANDIDATE.generator(33, 65536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("random stream CANDIDATE has offsets from 0 to 65535, not 65536");
    assertThatThrownBy(() -> RandomStream.REPLAY.generator(33, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
