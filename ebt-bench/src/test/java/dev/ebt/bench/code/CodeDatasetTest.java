package dev.ebt.bench.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.bench.code.CodeData.Direction;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.predict.TargetEnergies;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CodeDatasetTest {
  private static final CodeModality FOUR_BITS = new CodeModality(4);

  private static CodeDataset dataset(Direction direction, int pairs) {
    return new CodeDataset(new CodeData(direction, pairs, 6, 5L), FOUR_BITS);
  }

  /** Returns rows as texts, given bits and answer. */
  private static Set<String> texts(Examples rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(rows::batch)
        .map(row -> FOUR_BITS.describe(row.context(), row.target()))
        .collect(Collectors.toSet());
  }

  @Test
  void neighbouringNumbersHaveCodesThatDifferInOneBit() {
    for (int word = 0; word < 255; word++) {
      assertThat(Integer.bitCount(GrayCode.encode(word) ^ GrayCode.encode(word + 1))).isOne();
      assertThat(GrayCode.decode(GrayCode.encode(word))).isEqualTo(word);
    }
    assertThat(GrayCode.signs(0b0110, 4)).containsExactly(-1, 1, 1, -1);
  }

  @Test
  void bothDirectionsHaveTheSamePairsTurnedRound() {
    Set<String> decoded = texts(dataset(Direction.DECODE, 10).training());
    Set<String> turned =
        texts(dataset(Direction.ENCODE, 10).training()).stream()
            .map(text -> text.substring(8) + " -> " + text.substring(0, 4))
            .collect(Collectors.toSet());

    assertThat(decoded)
        .hasSize(10)
        .isEqualTo(turned)
        .allMatch(text -> decode(text.substring(0, 4)).equals(text.substring(8)));
  }

  /** Decodes bit by bit: each is the exclusive or of the code's bit and the word's one before. */
  private static String decode(String code) {
    StringBuilder word = new StringBuilder();
    int before = 0;
    for (int i = 0; i < code.length(); i++) {
      before ^= code.charAt(i) - '0';
      word.append(before);
    }
    return word.toString();
  }

  @Test
  void noPairIsForTrainingAndValidationAndFewerPairsAreAmongMore() {
    Set<String> all = texts(dataset(Direction.DECODE, 10).training());

    assertThat(texts(dataset(Direction.DECODE, 10).validation()))
        .hasSize(6)
        .doesNotContainAnyElementsOf(all)
        .isEqualTo(texts(dataset(Direction.DECODE, 3).validation()));
    assertThat(all).containsAll(texts(dataset(Direction.DECODE, 3).training()));
  }

  @Test
  void morePairsThanWordsAndOtherModalitiesAreRefused() {
    assertThatThrownBy(() -> dataset(Direction.DECODE, 11))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.pairs")
        .hasMessageContaining("at most 16 expected");
    assertThatThrownBy(() -> dataset(Direction.DECODE, Integer.MAX_VALUE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is 2,147,483,647, with 6 validationPairs");
    assertThatThrownBy(() -> new CodeModality(17)).hasMessageContaining("2 to 16");
  }

  @Test
  void anAnswerIsFoundByASearchOfAllIfItsEnergyIsTheLowest() {
    Batch batch = dataset(Direction.DECODE, 10).validation().batch(2);

    assertThat(AnswerSearch.isLowest(new Mistakes(batch.target(), 1), batch, 4)).isTrue();
    assertThat(AnswerSearch.isLowest(new Mistakes(batch.target(), -1), batch, 4)).isFalse();
  }

  /** An energy of the number of wrong bits times a factor. */
  private record Mistakes(Array right, double factor) implements TargetEnergies {
    @Override
    public Array of(Map<String, Array> context, Array target) {
      int bits = right.shape().elements();
      double[] energies = new double[target.shape().size(0)];
      Arrays.setAll(
          energies,
          row ->
              factor
                  * IntStream.range(0, bits)
                      .filter(bit -> right.real(bit) != target.real(row * bits + bit))
                      .count());
      return Array.of(Shape.of(energies.length), energies);
    }

    @Override
    public void close() {}
  }
}
