package dev.ebt.text.fact;

import dev.ebt.tensor.Philox;
import dev.ebt.tensor.RandomOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Facts on different names with different descriptions: which belong together is drawn at random,
 * so that nothing but the facts themselves tells it.
 *
 * @param twoWay those that a training text has in both directions
 * @param oneWay those that it has with the name first only
 */
public record Facts(List<Fact> twoWay, List<Fact> oneWay) {
  /** The random site that separates these draws from others of the same seed. */
  private static final long SITE = 0x6661637473L;

  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";
  private static final List<String> ADJECTIVES =
      words(
          "blue gray pink gold teal rust dark pale warm cold tall tiny wise calm bold kind loud"
              + " mute fast slow lean huge wild tame neat rich poor glad grim soft hard full");
  private static final List<String> ANIMALS =
      words(
          "wolf bear lynx deer hare toad frog crab swan dove hawk crow wren lark duck goat lamb"
              + " mule pony boar puma lion seal mole newt carp bass tuna moth wasp gnat flea");

  /** The number of different descriptions. */
  static final int MOST = ADJECTIVES.size() * ANIMALS.size();

  /** Copies the lists. */
  public Facts {
    twoWay = List.copyOf(twoWay);
    oneWay = List.copyOf(oneWay);
  }

  /**
   * Draws facts.
   *
   * @param pairs the number of facts, at most {@link #MOST}
   * @param twoWay how many of them are in both directions
   */
  static Facts drawn(int pairs, int twoWay, long seed) {
    RandomGenerator random = Philox.generator(seed, SITE);
    List<String> descriptions = new ArrayList<>();
    ADJECTIVES.forEach(a -> ANIMALS.forEach(animal -> descriptions.add(a + " " + animal)));
    List<String> names = names();
    int[] describing = RandomOrder.of(descriptions.size(), random);
    int[] named = RandomOrder.of(names.size(), random);
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      facts.add(new Fact(names.get(named[i]), descriptions.get(describing[i])));
    }
    return new Facts(facts.subList(0, twoWay), facts.subList(twoWay, pairs));
  }

  private static List<String> words(String words) {
    return List.of(words.split(" "));
  }

  /** Returns all names: consonant, vowel, consonant, vowel. */
  private static List<String> names() {
    List<String> syllables = new ArrayList<>();
    CONSONANTS
        .chars()
        .forEach(c -> VOWELS.chars().forEach(v -> syllables.add("" + (char) c + (char) v)));
    List<String> names = new ArrayList<>();
    syllables.forEach(first -> syllables.forEach(second -> names.add(first + second)));
    return names;
  }
}
