package dev.ebt.bench.code;

import dev.ebt.bench.code.CodeData.Direction;
import dev.ebt.error.SettingException;
import dev.ebt.error.UserException;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.modality.Modality;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Philox;
import dev.ebt.tensor.RandomOrder;
import dev.ebt.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Words and their Gray codes: different ones for training and for validation. */
final class CodeDataset implements Dataset {
  /** The random site that separates these draws from others of the same seed. */
  private static final long SITE = 0x636F6465L;

  private final CodeData settings;
  private final int bits;
  private final int[] words;

  /**
   * Some of the words.
   *
   * @param direction what is the context of the other
   */
  private record Part(int[] words, int bits, Direction direction) implements Examples {
    @Override
    public int size() {
      return words.length;
    }

    @Override
    public Batch batch(int... rows) {
      double[] given = new double[rows.length * bits];
      double[] answers = new double[rows.length * bits];
      boolean decode = direction == Direction.DECODE;
      for (int i = 0; i < rows.length; i++) {
        int word = words[rows[i]];
        int code = GrayCode.encode(word);
        System.arraycopy(GrayCode.signs(decode ? code : word, bits), 0, given, i * bits, bits);
        System.arraycopy(GrayCode.signs(decode ? word : code, bits), 0, answers, i * bits, bits);
      }
      return new Batch(
          Map.of(CodeModality.GIVEN, Array.of(Shape.of(rows.length, bits), given)),
          Array.of(Shape.of(rows.length, bits, 1), answers),
          Array.filled(Shape.of(rows.length), 1));
    }
  }

  /**
   * Draws the words.
   *
   * @throws UserException if the modality is another one, or there are not as many words
   */
  CodeDataset(CodeData settings, Modality modality) {
    if (!(modality instanceof CodeModality codes)) {
      throw new UserException("dataset 'bits' is of bits: it needs the modality 'bits'");
    }
    this.settings = settings;
    this.bits = codes.bits();
    long wanted = (long) settings.pairs() + settings.validationPairs();
    if (wanted > 1 << bits) {
      throw new SettingException(
          "data.pairs",
          String.format(
              Locale.ROOT,
              "is %,d, with %,d validationPairs; together at most %,d expected, the number of"
                  + " different words of %d bits",
              settings.pairs(),
              settings.validationPairs(),
              1 << bits,
              bits));
    }
    this.words = RandomOrder.of(1 << bits, Philox.generator(settings.seed(), SITE));
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "%s of %d bits: %,d for training, %,d for validation",
        settings.direction() == Direction.DECODE ? "words of Gray codes" : "Gray codes of words",
        bits,
        settings.pairs(),
        settings.validationPairs());
  }

  /** The words are a function of the settings. */
  @Override
  public String fingerprint() {
    return "bits 1 " + bits + " " + settings;
  }

  /** Returns the training pairs: those of fewer pairs are among those of more. */
  @Override
  public Examples training() {
    int from = settings.validationPairs();
    return part(from, from + settings.pairs());
  }

  @Override
  public Examples validation() {
    return part(0, settings.validationPairs());
  }

  private Examples part(int from, int to) {
    return new Part(Arrays.copyOfRange(words, from, to), bits, settings.direction());
  }
}
