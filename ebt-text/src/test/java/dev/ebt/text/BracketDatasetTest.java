package dev.ebt.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.text.grammar.BracketGrammar;
import dev.ebt.text.grammar.BracketReader;
import dev.ebt.text.grammar.DeepLines;
import dev.ebt.text.grammar.HeldOutLines;
import dev.ebt.text.token.ByteTokenizer;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BracketDatasetTest {
  private final TextModality modality =
      new TextModality(new TextSettings(null, null, null, null), new ByteTokenizer());

  @Test
  void noLineIsLearntAndJudged() {
    Set<String> learnt = new TreeSet<>();
    Set<String> judged = new TreeSet<>();
    for (long seed = 1; seed <= 3; seed++) {
      for (int depth = 1; depth <= 3; depth++) {
        BracketDataset dataset = dataset(4000, seed, depth);
        lines(dataset.training()).forEach(learnt::add);
        lines(dataset.validation()).forEach(judged::add);
      }
    }
    assertThat(judged).hasSizeGreaterThan(500);
    assertThat(learnt.stream().filter(judged::contains)).isEmpty();
  }

  @Test
  void hasAsManyLinesAsAskedFor() {
    BracketDataset dataset = dataset(1000, 1, 2);
    assertThat(lines(dataset.training())).hasSize(1000);
    assertThat(lines(dataset.validation())).hasSize(20);
    assertThat(dataset.description())
        .contains("depth 2", "1,000 lines", "20 for validation", "0.9337");
    assertThat(dataset.bestLoss()).hasValue(new BracketGrammar(2).entropyPerByte());
  }

  @Test
  void seedsAgreeInAnyOrderAndDiffer() {
    String first = dataset(100, 1, 3).fingerprint();
    String second = dataset(100, 2, 3).fingerprint();
    assertThat(dataset(100, 2, 3).fingerprint()).isEqualTo(second);
    assertThat(dataset(100, 1, 3).fingerprint()).isEqualTo(first);
    assertThat(
            Stream.of(
                first, second, dataset(100, 1, 2).fingerprint(), dataset(99, 1, 3).fingerprint()))
        .doesNotHaveDuplicates();
  }

  @Test
  void settingsWithoutMeaningAreRefused() {
    assertThat(new BracketDatasetSettings(null, null, null, null, null))
        .isEqualTo(new BracketDatasetSettings(100_000, 2000, 1L, 3, 1));
    assertThatThrownBy(() -> new BracketDatasetSettings(0, null, null, null, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.documents is 0");
    assertThatThrownBy(() -> new BracketDatasetSettings(1, 0, null, null, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.validationDocuments is 0");
    assertThatThrownBy(() -> dataset(1, 1, 0)).hasMessageContaining("data.maxDepth is 0");
  }

  @Test
  void theSurprisalOfHeldOutTextIsThatOfTheFirstWindowsOfValidation() {
    Examples validation = dataset(1000, 1, 3).validation();
    int windows = 3;
    int bytes = windows * modality.length();
    String text = lines(validation).map(line -> line + "\n").collect(Collectors.joining());
    double sum = 0;
    int seen = 0;
    for (String line : text.substring(0, text.lastIndexOf('\n')).split("\n")) {
      double[] surprisals =
          BracketReader.surprisals(new BracketGrammar(3), line + "\n").orElseThrow();
      for (int i = 0; i < surprisals.length && seen <= bytes; i++, seen++) {
        sum += seen == 0 ? 0 : surprisals[i];
      }
    }

    assertThat(seen).isGreaterThan(bytes);
    assertThat(HeldOutLines.surprisalPerByte(new BracketGrammar(3), 1, bytes))
        .isCloseTo(sum / bytes, within(1e-12));
  }

  /** For judging a model that was trained on shallower nesting. */
  @Test
  void minDepthLeavesShallowerLinesOut() {
    BracketDataset deep =
        BracketDataset.write(new BracketDatasetSettings(200, 50, 1L, 6, 4), modality);
    DeepLines lines = new DeepLines(new BracketGrammar(6), 4);
    assertThat(lines(deep.training())).hasSize(200).allMatch(lines::contains);
    assertThat(lines(deep.validation())).hasSize(50).allMatch(lines::contains);
    assertThat(lines(dataset(200, 1, 6).training())).anyMatch(line -> !lines.contains(line));
    assertThat(deep.description()).contains("brackets of depth 4 to 6: 200 lines");
    assertThat(deep.bestLoss()).hasValue(lines.entropyPerByte());
  }

  @Test
  void minDepthWithoutMeaningIsRefused() {
    assertThatThrownBy(() -> new BracketDatasetSettings(null, null, null, 3, 4))
        .isInstanceOf(UserException.class)
        .hasMessage("data.minDepth is 4; 1 to data.maxDepth, 3, expected");
    assertThatThrownBy(() -> new BracketDatasetSettings(null, null, null, 32, 25))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("data.minDepth is 25: only one line in ")
        .hasMessageContaining("use fewer data.documents or a smaller data.minDepth");
  }

  private BracketDataset dataset(int documents, long seed, int depth) {
    return BracketDataset.write(
        new BracketDatasetSettings(documents, null, seed, depth, 1), modality);
  }

  private Stream<String> lines(Examples examples) {
    Batch batch = examples.batch(IntStream.range(0, examples.size()).toArray());
    int first = (int) batch.context().get("tokens").longs()[0];
    IntStream targets =
        IntStream.range(0, batch.weight().shape().elements())
            .filter(i -> batch.weight().real(i) == 1)
            .map(i -> (int) batch.target().longs()[i]);
    return IntStream.concat(IntStream.of(first), targets)
        .mapToObj(Character::toString)
        .collect(Collectors.joining())
        .lines();
  }
}
