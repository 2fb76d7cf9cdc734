package dev.ebt.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import dev.ebt.text.bpe.BpeModel.Merge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BpeTrainerTest {
  private static BpeModel learnt(int size, String... texts) {
    BpeTrainer trainer = new BpeTrainer(size, List.of("<|endoftext|>"));
    for (String text : texts) {
      trainer.add(text);
    }
    return trainer.train(tokens -> true).orElseThrow();
  }

  /** Sennrich's example: low ×5, lower ×2, newest ×6, widest ×3. */
  @Test
  void theMostFrequentPairIsMergedFirst() {
    String text = "low,".repeat(5) + "lower,".repeat(2) + "newest,".repeat(6) + "widest,".repeat(3);
    assertThat(learnt(264, text).merges())
        .containsExactly(
            new Merge("e", "s"),
            new Merge("es", "t"),
            new Merge("l", "o"),
            new Merge("lo", "w"),
            new Merge("e", "w"),
            new Merge("n", "ew"),
            new Merge("new", "est"));
  }

  @Test
  void specialTokensComeFirstThenBytesThenMerges() {
    BpeModel model = learnt(258, "aaaa aaaa");
    assertThat(model.vocabulary()).hasSize(258).containsEntry("<|endoftext|>", 0);
    assertThat(model.vocabulary()).containsEntry("!", 1).containsEntry("aa", 257);
    assertThat(model.added()).containsExactly(AddedToken.special(0, "<|endoftext|>"));
  }

  @Test
  void thereAreFewerTokensWhereNothingComesTwice() {
    assertThat(learnt(5000, "abc").vocabulary()).hasSize(257);
    assertThat(learnt(5000, "abcabc xyxy").vocabulary()).hasSizeLessThan(270);
  }

  @Test
  void textInWhichSpecialTokensStandIsLearntAroundThem() {
    assertThat(learnt(300, "ab<|endoftext|>".repeat(9)).merges())
        .containsExactly(new Merge("a", "b"));
  }

  @Test
  void orderOfTextsMakesNoDifference() {
    assertThat(learnt(300, SmallBpe.TEXT, "and more, and more"))
        .isEqualTo(learnt(300, "and more, and more", SmallBpe.TEXT));
  }

  /** Counting everything anew before every merge gives the same. */
  @Test
  void countsStayTrueWhilePairsAreMerged() {
    Random random = new Random(3);
    for (int round = 0; round < 40; round++) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        StringBuilder word = new StringBuilder();
        for (int j = 0; j < 1 + random.nextInt(9); j++) {
          word.append((char) ('a' + random.nextInt(2)));
        }
        words.add(word.toString());
      }
      BpeModel model = learnt(270, String.join("\n", words));
      assertThat(model.merges()).isEqualTo(countedAnew(model.vocabulary(), words, 270 - 257));
    }
  }

  private static List<Merge> countedAnew(Map<String, Integer> ids, List<String> texts, int tokens) {
    List<List<String>> words = new ArrayList<>();
    texts.forEach(text -> words.add(new ArrayList<>(List.of(text.split("")))));
    List<Merge> merges = new ArrayList<>();
    for (Set<String> made = new HashSet<>(); made.size() < tokens; ) {
      Map<Merge, Integer> counts = new HashMap<>();
      for (List<String> word : words) {
        for (int i = 0; i + 1 < word.size(); i++) {
          counts.merge(new Merge(word.get(i), word.get(i + 1)), 1, Integer::sum);
        }
      }
      Comparator<Map.Entry<Merge, Integer>> order =
          Comparator.comparingInt((Map.Entry<Merge, Integer> e) -> -e.getValue())
              .thenComparingInt(e -> ids.get(e.getKey().left()))
              .thenComparingInt(e -> ids.get(e.getKey().right()));
      var best = counts.entrySet().stream().filter(e -> e.getValue() > 1).min(order);
      if (best.isEmpty()) {
        return merges;
      }
      Merge merge = best.get().getKey();
      merges.add(merge);
      made.add(merge.left() + merge.right());
      for (List<String> word : words) {
        for (int i = 0; i + 1 < word.size(); i++) {
          if (word.get(i).equals(merge.left()) && word.get(i + 1).equals(merge.right())) {
            word.set(i, merge.left() + merge.right());
            word.remove(i + 1);
          }
        }
      }
    }
    return merges;
  }

  @Test
  void whoIsToldCanStopIt() {
    BpeTrainer trainer = new BpeTrainer(400, List.of());
    trainer.add(SmallBpe.TEXT);
    List<Integer> told = new ArrayList<>();
    assertThat(
            trainer.train(
                tokens -> {
                  told.add(tokens);
                  return told.size() < 3;
                }))
        .isEmpty();
    assertThat(told).containsExactly(257, 258, 259);
  }

  @Test
  void sizesAndSpecialTokensWithoutMeaningAreRefused() {
    assertThatThrownBy(() -> new BpeTrainer(256, List.of("<|endoftext|>")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the vocabulary size is 256; it must be at least 257: 256 bytes and 1 special tokens");
    assertThatThrownBy(() -> new BpeTrainer(400, List.of("<a>", "<a>")))
        .hasMessageContaining("they must be distinct");
    assertThatThrownBy(() -> new BpeTrainer(400, List.of("a")))
        .hasMessageContaining("two characters");
  }
}
