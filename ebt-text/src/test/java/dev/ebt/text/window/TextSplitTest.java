package dev.ebt.text.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.error.UserException;
import dev.ebt.text.bpe.BpeTokenizer;
import dev.ebt.text.bpe.BpeTrainer;
import dev.ebt.text.document.Document;
import dev.ebt.text.token.ByteTokenizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextSplitTest {
  @Test
  void aSingleTextIsCutInTwo() {
    TextSplit split = TextSplit.of(corpus("0123456789"), 0.3);
    assertThat(text(split.training())).isEqualTo("0123456");
    assertThat(text(split.validation())).isEqualTo("789");
  }

  @Test
  void documentsAreSeparated() {
    assertThat(text(TextSplit.of(corpus("ab", "c"), 0).training())).isEqualTo("\0ab\0c\0");
    assertThat(text(TextSplit.of(corpus("ab", "c"), 1).validation())).isEqualTo("\0ab\0c\0");
    assertThat(text(TextSplit.of(corpus("abc"), 1).validation())).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 25, 100, 1000})
  void manyDocumentsAreSplitByTheirText(int count) {
    String[] texts = numbered(count);
    TextSplit split = TextSplit.of(corpus(texts), 0.1);
    Set<String> learnt = documents(split.training());
    Set<String> judged = documents(split.validation());
    assertThat(learnt).doesNotContainAnyElementsOf(judged);
    assertThat(learnt).isNotEmpty();
    assertThat(judged).isNotEmpty();
    assertThat(learnt.size() + judged.size()).isEqualTo(count);
    assertThat(judged.size() / (double) count).isCloseTo(0.1, within(0.1));
  }

  @Test
  void equalDocumentsStayTogether() {
    String[] texts = numbered(40);
    String[] twice = Stream.of(texts, texts).flatMap(Arrays::stream).toArray(String[]::new);
    TextSplit split = TextSplit.of(corpus(twice), 0.5);
    assertThat(documents(split.training()))
        .doesNotContainAnyElementsOf(documents(split.validation()));
    int all = text(split.training()).length() + text(split.validation()).length();
    assertThat(all).isEqualTo(Stream.of(twice).mapToInt(text -> text.length() + 1).sum() + 2);
  }

  @Test
  void orderAndNewcomersMoveNoDocument() {
    List<String> texts = Arrays.asList(numbered(200));
    Set<String> judged = documents(TextSplit.of(corpus(numbered(200)), 0.1).validation());
    Collections.shuffle(texts, new Random(1));
    TextSplit shuffled = TextSplit.of(corpus(texts.toArray(String[]::new)), 0.1);
    assertThat(documents(shuffled.validation())).isEqualTo(judged);
    assertThat(documents(TextSplit.of(corpus(numbered(300)), 0.1).validation()))
        .containsAll(judged);
  }

  @Test
  void fewDifferentDocumentsAreSplitByPlace() {
    String[] same = new String[30];
    Arrays.fill(same, "same");
    assertThat(TextSplit.of(corpus(same), 0.1).method()).contains("last part");
    TextSplit few = TextSplit.of(corpus(numbered(19)), 0.25);
    assertThat(text(few.training()) + text(few.validation()))
        .isEqualTo("\0" + String.join("\0", numbered(19)) + "\0");
  }

  @Test
  void sharesNearTheEndsLeaveSomethingOnEachSide() {
    assertThat(documents(TextSplit.of(corpus(numbered(20)), 1e-9).validation())).hasSize(1);
    assertThat(documents(TextSplit.of(corpus(numbered(20)), 1 - 1e-9).training())).hasSize(1);
  }

  @Test
  void ownTextForValidationIsNotLearnt() {
    TextSplit split = TextSplit.of(corpus("aa", "bb", "cc"), corpus("bb"), "own text");
    assertThat(documents(split.training())).containsExactly("aa", "cc");
    assertThat(text(split.validation())).isEqualTo("bb");
    assertThat(split.method()).contains("1 duplicate documents");
    assertThatThrownBy(() -> TextSplit.of(corpus("aa"), corpus("aa"), "own text"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the text for validation is the text for training");
  }

  @Test
  void tooLittleTextIsTold() {
    assertThatThrownBy(() -> TextSplit.of(corpus("abc"), 0.1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("too little text: 3 tokens for training and 0 for validation");
    assertThatThrownBy(() -> TextSplit.of(corpus("a"), 0)).isInstanceOf(UserException.class);
  }

  @Test
  void separatorsInsideAreRefused() {
    assertThatThrownBy(() -> corpus("a\0b"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("document 0: the text contains token 0");
  }

  private static Corpus corpus(String... texts) {
    return Corpus.of(
        IntStream.range(0, texts.length)
            .mapToObj(i -> new Document("document " + i, texts[i]))
            .toList(),
        new ByteTokenizer());
  }

  private static String[] numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "text " + i).toArray(String[]::new);
  }

  private static Set<String> documents(Tokens tokens) {
    return new TreeSet<>(
        Stream.of(text(tokens).split("\0")).filter(text -> !text.isEmpty()).toList());
  }

  private static String text(Tokens tokens) {
    return new ByteTokenizer()
        .decode(IntStream.range(0, (int) tokens.size()).map(i -> tokens.get(i)).toArray());
  }

  @Test
  void theTokenizersOwnSeparatorPartsDocuments() {
    BpeTrainer trainer = new BpeTrainer(270, List.of("</s>"));
    trainer.add("own owner");
    BpeTokenizer bpe = new BpeTokenizer(trainer.train(t -> true).orElseThrow(), "x", "</s>");
    Corpus corpus = Corpus.of(List.of(new Document("a.txt", "own</s>\nowner</s>\n")), bpe);
    assertThat(corpus.documents()).isEqualTo(2);
    assertThat(corpus.remarks()).isEqualTo("split at </s>");
  }
}
