package dev.ebt.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.regularize.ReplayBuffer;
import dev.ebt.regularize.ReplayRows;
import dev.ebt.regularize.ReplayShare;
import dev.ebt.regularizers.Replay.Precision;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.testing.RegularizerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest extends RegularizerContract {
  @TempDir private Path folder;

  @Override
  protected List<Replay> regularizers() {
    String spill = folder.resolve("spill").toString();
    return List.of(
        new Replay(null, null, null, null),
        new Replay(5, 1.0, Precision.BFLOAT16, null),
        new Replay(5, null, null, spill),
        new Replay(7, 0.7, Precision.BFLOAT16, spill));
  }

  /** Rows of two tokens, of which three numbers are predicted each. */
  private record Tokens(int width) implements Modality {
    @Override
    public List<FeatureSpec> context() {
      return List.of(
          new FeatureSpec("tokens", Shape.of(2), ElementType.INTEGER),
          new FeatureSpec("target", Shape.of(1), ElementType.REAL));
    }

    @Override
    public FeatureSpec target() {
      return new FeatureSpec("next", Shape.of(2), ElementType.INTEGER);
    }

    @Override
    public Shape predictions() {
      return Shape.of(2);
    }

    @Override
    public Shape candidate() {
      return Shape.of(2, width);
    }

    @Override
    public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Tensor embedContext(NamedTensors context, int model, Parameters parameters) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Tensor embedCandidate(Tensor modelInput, int model, Parameters parameters) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Tensor loss(Tensor candidate, Tensor target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String describe(Map<String, Array> context, Array values) {
      return values.toString();
    }
  }

  private static final Tokens MODALITY = new Tokens(3);

  /** Rows number {@code from} to {@code to}; every array of a row tells its number. */
  private static ReplayRows rows(int from, int to) {
    int[] numbers = IntStream.range(from, to).toArray();
    int count = numbers.length;
    long[] longs =
        Arrays.stream(numbers)
            .boxed()
            .flatMapToLong(n -> java.util.stream.LongStream.of(n, -n))
            .toArray();
    float[] ones = new float[count];
    float[] weights = new float[2 * count];
    float[] candidates = new float[6 * count];
    for (int i = 0; i < count; i++) {
      ones[i] = numbers[i] + 0.1f;
      weights[2 * i] = 1;
      for (int k = 0; k < 6; k++) {
        candidates[6 * i + k] = numbers[i] + k / 7f;
      }
    }
    return new ReplayRows(
        new Batch(
            Map.of(
                "tokens", Array.of(Shape.of(count, 2), longs),
                "target", Array.of(Shape.of(count, 1), ones)),
            Array.of(Shape.of(count, 2), longs),
            Array.of(Shape.of(count, 2), weights)),
        Array.of(Shape.of(count, 2, 3), candidates));
  }

  private static ReplayBuffer memory(Integer capacity, Double fraction, Precision precision) {
    return new Replay(capacity, fraction, precision, null).replayBuffer(MODALITY).orElseThrow();
  }

  private static List<Long> recalled(ReplayBuffer memory, int rows, long stream) {
    return memory.recall(rows, Philox.generator(1, stream)).stream()
        .flatMap(found -> IntStream.range(0, found.rows()).mapToObj(i -> found.slice(i, 1)))
        .map(row -> row.batch().target().longs()[0])
        .toList();
  }

  @Test
  void sizesAreThePublishedOnes() {
    ReplayBuffer memory = memory(null, null, null);
    List<Integer> sizes = new ArrayList<>();
    for (int step = 0; step < 8; step++) {
      sizes.add(recalled(memory, 33, step).size());
      memory.keep(rows(33 * step, 33 * (step + 1)));
    }
    assertThat(sizes).containsExactly(0, 16, 16, 16, 16, 16, 16, 16);
    assertThat(memory.state()).hasSize(192 * 5);
    ReplayBuffer small = memory(5, null, null);
    small.keep(rows(0, 3));
    assertThat(recalled(small, 33, 1)).as("no more than there are").hasSize(3);
  }

  @Test
  void firstInFirstOut() {
    ReplayBuffer memory = memory(5, 1.0, null);
    for (int i = 0; i < 4; i++) {
      memory.keep(rows(3 * i, 3 * i + 3));
    }
    assertThat(recalled(memory, 9, 1)).containsExactlyInAnyOrder(7L, 8L, 9L, 10L, 11L);
    memory.keep(rows(100, 109));
    assertThat(recalled(memory, 9, 1))
        .as("of a batch larger than the buffer the latest rows")
        .containsExactlyInAnyOrder(104L, 105L, 106L, 107L, 108L);
  }

  @Test
  void drawnUniformlyWithoutReplacement() {
    ReplayBuffer memory = memory(8, 0.5, null);
    memory.keep(rows(0, 8));
    int[] counts = new int[8];
    int[] firsts = new int[8];
    for (int draw = 0; draw < 4000; draw++) {
      List<Long> found = recalled(memory, 8, draw);
      assertThat(found).hasSize(4).doesNotHaveDuplicates();
      found.forEach(n -> counts[n.intValue()]++);
      firsts[found.get(0).intValue()]++;
    }
    // Standard deviations are 32 and 21.
    assertThat(Arrays.stream(counts)).allMatch(c -> Math.abs(c - 2000) < 160);
    assertThat(Arrays.stream(firsts)).allMatch(c -> Math.abs(c - 500) < 105);
  }

  @Test
  void singlePrecisionKeepsEveryBit() {
    ReplayBuffer memory = memory(4, 1.0, null);
    memory.keep(rows(11, 12));
    assertThat(memory.recall(1, Philox.generator(1, 1))).contains(rows(11, 12));
  }

  @Test
  void halfTheBytesRoundToTheNearest() {
    float[] values = {1, 1 + 0x1p-8f, 1 + 0x1.8p-7f, 1 + 0x1.02p-8f, -3.1415927f, 0x1.fffffep127f};
    ReplayRows row = rows(1, 2);
    ReplayBuffer memory = memory(4, 1.0, Precision.BFLOAT16);
    memory.keep(new ReplayRows(row.batch(), Array.of(Shape.of(1, 2, 3), values)));
    ReplayRows found = memory.recall(1, Philox.generator(1, 1)).orElseThrow();
    assertThat(found.batch()).isEqualTo(row.batch());
    assertThat(found.candidates().floats())
        .containsExactly(1, 1, 1 + 0x1p-6f, 1 + 0x1p-7f, -3.140625f, Float.POSITIVE_INFINITY);
    memory.keep(new ReplayRows(row.batch(), Array.filled(Shape.of(1, 2, 3), Double.NaN)));
    assertThat(recalledCandidates(memory)).contains(Double.NaN);
  }

  private static List<Double> recalledCandidates(ReplayBuffer memory) {
    ReplayRows all = memory.recall(4, Philox.generator(1, 1)).orElseThrow();
    return Arrays.stream(all.candidates().doubles()).boxed().toList();
  }

  @Test
  void smallerBufferRestoresTheLatestRowsAndOtherRowsAreRefused() {
    ReplayBuffer large = memory(8, 1.0, null);
    large.keep(rows(0, 11));
    ReplayBuffer small = memory(3, 1.0, null);
    small.restore(large.state());
    assertThat(recalled(small, 3, 1)).containsExactlyInAnyOrder(8L, 9L, 10L);
    small.restore(Map.of());
    assertThat(recalled(small, 3, 1)).isEmpty();

    ReplayBuffer wider = new Replay(8, 1.0, null, null).replayBuffer(new Tokens(4)).orElseThrow();
    assertThatThrownBy(() -> wider.restore(large.state()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "replay: the checkpoint has [1, 2, 3] as '0.candidate'; [1, 2, 4] expected, a row of"
                + " this modality");
    Map<String, Supplier<Array>> damaged = new LinkedHashMap<>(large.state());
    damaged.remove("5.weight");
    assertThatThrownBy(() -> large.restore(damaged))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "replay: the checkpoint has nothing as '5.weight'; [1, 2] expected");
  }

  @Test
  void batchesOfAnUpdateHaveEqualSharesInFilesOfTheirOwn() {
    Path spill = folder.resolve("shared");
    Replay replay = new Replay(5, 1.0, null, spill.toString());
    try (ReplayBuffer first = share(replay, 0, 2);
        ReplayBuffer second = share(replay, 1, 2)) {
      first.keep(rows(0, 3));
      second.keep(rows(10, 13));
      assertThat(recalled(first, 2, 1)).containsExactlyInAnyOrder(1L, 2L);
      assertThat(recalled(second, 2, 1)).containsExactlyInAnyOrder(11L, 12L);
      assertThat(first.description()).contains("replay of up to 2 rows").contains("shared.0");
      assertThat(second.description()).contains("shared.1");
    }
    assertThatThrownBy(() -> share(replay, 0, 6))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("replay: capacity is 5, less than the 6 batches of an update");
  }

  /** Otherwise an update would replay fewer rows, the more batches it is cut into. */
  @Test
  void aShareOfTheCapacityThatIsLessThanTheRowsToDrawIsRefused() {
    assertThatThrownBy(() -> recalled(share(new Replay(192, 0.5, null, null), 0, 32), 32, 1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "replay: each of the 32 batches of an update (training.accumulate) has a buffer of 6"
                + " rows, an equal share of capacity, less than the 16 rows that it draws (fraction"
                + " 0.5 of 32); capacity: 512 or more expected, or a smaller fraction");
    ReplayBuffer enough = share(new Replay(512, 0.5, null, null), 0, 32);
    enough.keep(rows(0, 32));
    assertThat(recalled(enough, 32, 1)).hasSize(16);
  }

  /** Each of the files has room, but not all of them. */
  @Test
  void theDiskHasRoomForTheFilesOfAllBatches() throws IOException {
    Path spill = folder.resolve("large");
    long room = Files.getFileStore(folder).getUsableSpace();
    Tokens wide = new Tokens(1 << 20);
    long bytes = 8L << 20;
    int rows = (int) Math.min(room / bytes * 2 / 3, Integer.MAX_VALUE / 4);
    Replay replay = new Replay(4 * rows, 1.0, null, spill.toString());
    replay.replayBuffer(wide, new ReplayShare(0, 4, 1)).orElseThrow().close();
    assertThatThrownBy(() -> replay.replayBuffer(wide, new ReplayShare(0, 4, 2)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("replay: spillFile: " + 2 * rows + " rows of 8.0 MiB need ")
        .satisfies(
            refused -> {
              Matcher advised =
                  Pattern.compile("Try capacity: ([0-9]+) or less").matcher(refused.getMessage());
              assertThat(advised.find()).isTrue();
              assertThat(Integer.parseInt(advised.group(1))).isBetween(2 * rows, 4 * rows);
            });
    assertThat(spill.resolveSibling("large.0")).doesNotExist();
  }

  /** The capacity is that of all processes. */
  @Test
  void theAdvisedCapacityIsThatOfAllBatches() {
    Replay replay = new Replay(2_000_000_000, 1.0, null, null);
    long whole = advised(replay, ReplayShare.WHOLE);
    assertThat(advised(replay, new ReplayShare(0, 4, 4))).isBetween(whole - 4, whole);
    assertThat(advised(replay, new ReplayShare(0, 4, 2))).isBetween(2 * whole - 4, 2 * whole);
  }

  private static long advised(Replay replay, ReplayShare share) {
    Tokens wide = new Tokens(1 << 20);
    String message =
        catchThrowableOfType(UserException.class, () -> replay.replayBuffer(wide, share))
            .getMessage();
    Matcher found = Pattern.compile("Try capacity: ([0-9]+) or less").matcher(message);
    assertThat(found.find()).as(message).isTrue();
    return Long.parseLong(found.group(1));
  }

  private static ReplayBuffer share(Replay replay, int batch, int batches) {
    return replay.replayBuffer(MODALITY, new ReplayShare(batch, batches, batches)).orElseThrow();
  }

  @Test
  void rowsAreDividedByAgeAmongAnotherNumberOfBatches() {
    Replay replay = new Replay(8, 1.0, null, null);
    ReplayBuffer first = share(replay, 0, 2);
    ReplayBuffer second = share(replay, 1, 2);
    first.keep(rows(0, 6));
    second.keep(rows(10, 16));
    List<Map<String, Supplier<Array>>> united =
        first.divided(List.of(first.state(), second.state()), 1);
    assertThat(united).hasSize(1);
    ReplayBuffer whole = memory(8, 1.0, null);
    whole.restore(united.get(0));
    assertThat(recalled(whole, 8, 1)).containsExactlyInAnyOrder(2L, 3L, 4L, 5L, 12L, 13L, 14L, 15L);
    ReplayBuffer smaller = memory(4, 1.0, null);
    smaller.restore(united.get(0));
    assertThat(recalled(smaller, 8, 1)).containsExactlyInAnyOrder(4L, 5L, 14L, 15L);

    whole.restore(Map.of());
    whole.keep(rows(0, 8));
    List<List<Long>> parts = new ArrayList<>();
    for (Map<String, Supplier<Array>> part : whole.divided(List.of(whole.state()), 3)) {
      ReplayBuffer restored = memory(8, 1.0, null);
      restored.restore(part);
      parts.add(recalled(restored, 8, 1).stream().sorted().toList());
    }
    assertThat(parts).containsExactly(List.of(1L, 4L, 7L), List.of(0L, 3L, 6L), List.of(2L, 5L));
  }

  @Test
  void saysHowMuchMemoryItTakes() {
    // A row has 2 + 2 whole numbers of 8 bytes and 1 + 2 + 6 real ones of 4.
    assertThat(memory(192, null, null).description())
        .isEqualTo("replay of up to 192 rows of 68 bytes: 12.8 KiB at most, in memory");
    Replay published = new Replay(192, null, null, null);
    assertThat(published.replayBuffer(new Tokens(1 << 17)).orElseThrow().description())
        .isEqualTo("replay of up to 192 rows of 1.0 MiB: 192.0 MiB at most, in memory");
  }

  @Test
  void moreThanMemoryIsRefusedWithWhatHelps() {
    assertThatThrownBy(() -> memory(2_000_000_000, null, null))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "replay: 2000000000 rows of 68 bytes need 126.7 GiB of memory; there are .* for them,"
                + " three quarters of the .* that Java may use. Try capacity: [0-9]+ or less,"
                + " precision: bfloat16, spillFile: FILE \\(disk instead of memory\\), or more"
                + " memory, EBT_JAVA_OPTS=-Xmx[0-9]+g");
    assertThatThrownBy(() -> new Replay(1, null, null, null).replayBuffer(new Tokens(1 << 28)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "replay: a row with a candidate of [2, 268435456] needs 2.0 GiB; the maximum is 2 GiB");
  }

  @Test
  void lessThanARowIsRefused() {
    assertThatThrownBy(() -> recalled(memory(4, 0.5, null), 1, 1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "replay: fraction 0.5 of 1 rows is less than one row; a larger fraction or"
                + " training.batch expected");
  }

  @Test
  void spilledRowsAreOnDiskAndGoWithTheBuffer() throws IOException {
    Path file = folder.resolve("rows");
    Replay replay = new Replay(6, 1.0, null, file.toString());
    try (ReplayBuffer memory = replay.replayBuffer(MODALITY).orElseThrow();
        ReplayBuffer heap = memory(6, 1.0, null)) {
      assertThat(memory.description()).endsWith("at most, in " + file);
      for (int i = 0; i < 4; i++) {
        memory.keep(rows(4 * i, 4 * i + 4));
        heap.keep(rows(4 * i, 4 * i + 4));
        assertThat(memory.recall(3, Philox.generator(1, i)))
            .isEqualTo(heap.recall(3, Philox.generator(1, i)));
      }
      assertThat(Files.size(file)).isEqualTo(4096 + 6 * 68);
      assertThatThrownBy(() -> replay.replayBuffer(MODALITY))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "replay: spillFile: another training uses "
                  + file
                  + "; each training needs its own file");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void leftoverOfAKilledTrainingIsWrittenOverAndAnyOtherFileIsNot() throws IOException {
    Path file = folder.resolve("rows");
    Replay replay = new Replay(6, 1.0, null, file.toString());
    Files.writeString(file, "ebt replay buffer\n" + "x".repeat(9000));
    try (ReplayBuffer memory = replay.replayBuffer(MODALITY).orElseThrow()) {
      assertThat(recalled(memory, 2, 1)).isEmpty();
    }
    Files.writeString(file, "my thesis");
    assertThatThrownBy(() -> replay.replayBuffer(MODALITY))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "replay: spillFile: "
                + file
                + " is a file of something else; the name of a new one expected");
    assertThat(file).hasContent("my thesis");
  }

  @Test
  void fileThatCannotBeHadIsTold() {
    Path file = folder.resolve("none/rows");
    assertThatThrownBy(() -> new Replay(6, null, null, file.toString()).replayBuffer(MODALITY))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "replay: spillFile: %s cannot be written: no folder %s. A file on a disk with room expected"
                .formatted(file, file.getParent()));
    Path large = folder.resolve("large");
    assertThatThrownBy(
            () ->
                new Replay(1 << 30, null, null, large.toString()).replayBuffer(new Tokens(1 << 20)))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "replay: spillFile: 1073741824 rows of 8.0 MiB need 8192.0 TiB of disk; .*large has"
                + " room for .*. Try capacity: [0-9]+ or less, precision: bfloat16, or a file on"
                + " another disk");
    assertThat(large).doesNotExist();
  }

  @Test
  void refusesBadSettings() {
    assertThatThrownBy(() -> new Replay(0, null, null, null))
        .hasMessage("capacity is 0; 1 row or more expected");
    for (double bad : new double[] {0, -0.5, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Replay(null, bad, null, null))
          .isInstanceOf(UserException.class)
          .hasMessage("fraction is " + bad + "; above 0 and at most 1 expected");
    }
    assertThatThrownBy(() -> new Replay(null, null, null, " "))
        .hasMessage("spillFile is blank; the name of a file expected, or none");
  }
}
