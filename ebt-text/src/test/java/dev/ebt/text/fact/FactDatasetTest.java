package dev.ebt.text.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.text.token.ByteTokenizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FactDatasetTest {
  private static FactDataset dataset(int length) {
    return FactDataset.of(
        new FactDatasetSettings(20, 5, 3L),
        new TextModality(new TextSettings(length, null, null, null), new ByteTokenizer()));
  }

  private static Set<String> sentences(dev.ebt.modality.Examples rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(row -> sentence(rows.batch(row)))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Returns the tokens of a row, the first of which is in the context only. */
  private static String sentence(Batch batch) {
    StringBuilder text = new StringBuilder();
    text.append((char) Math.round(batch.context().values().iterator().next().real(0)));
    for (int i = 0; i < batch.weight().shape().elements(); i++) {
      if (batch.weight().real(i) != 0) {
        text.append((char) Math.round(batch.target().real(i)));
      }
    }
    return text.toString();
  }

  @Test
  void trainingHasSomeFactsInBothDirectionsAndValidationTheReverseOfTheOthers() {
    Facts facts = new FactDatasetSettings(20, 5, 3L).facts();
    Set<String> trained =
        Stream.concat(
                Stream.concat(facts.twoWay().stream(), facts.oneWay().stream()).map(Fact::forward),
                facts.twoWay().stream().map(Fact::reversed))
            .collect(Collectors.toSet());
    Set<String> unseen = facts.oneWay().stream().map(Fact::reversed).collect(Collectors.toSet());

    assertThat(facts.twoWay()).hasSize(5);
    assertThat(facts.oneWay()).hasSize(15);
    assertThat(sentences(dataset(16).training())).hasSize(25).isEqualTo(trained);
    assertThat(sentences(dataset(16).validation())).hasSize(15).isEqualTo(unseen);
  }

  @Test
  void namesAndDescriptionsAreDifferentAndOtherSeedsJoinOthers() {
    Facts facts = Facts.drawn(Facts.MOST, 0, 1);
    List<Fact> all = facts.oneWay();

    assertThat(all).extracting(Fact::name).doesNotHaveDuplicates().hasSize(1024);
    assertThat(all).extracting(Fact::description).doesNotHaveDuplicates();
    assertThat(Facts.drawn(Facts.MOST, 0, 1)).isEqualTo(facts);
    assertThat(Facts.drawn(Facts.MOST, 0, 2).oneWay())
        .doesNotContainAnyElementsOf(all.subList(0, 9));
  }

  @Test
  void onlyTheTokensAfterABeginningCount() {
    TextModality modality =
        new TextModality(new TextSettings(16, null, null, null), new ByteTokenizer());

    Batch batch = Sentences.after(modality, List.of("ab: cd\n"), List.of("ab: ")).batch(0);

    assertThat(sentence(batch)).isEqualTo("acd\n");
  }

  @Test
  void aShortWindowOrTooManyFactsAreRefused() {
    assertThatThrownBy(() -> dataset(8))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("modality.length is 8")
        .hasMessageContaining("at least 15 expected");
    assertThatThrownBy(() -> new FactDatasetSettings(5000, null, null))
        .hasMessageContaining("data.pairs")
        .hasMessageContaining("2 to 1024 expected");
    assertThatThrownBy(() -> new FactDatasetSettings(10, 10, null))
        .hasMessageContaining("data.twoWay");
  }
}
