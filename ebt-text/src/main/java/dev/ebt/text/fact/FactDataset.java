package dev.ebt.text.fact;

import static java.util.stream.Collectors.joining;

import com.google.common.hash.Hashing;
import dev.ebt.error.UserException;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.Examples;
import dev.ebt.text.window.WindowedTextModality;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Built-in facts, one sentence in each window: for training all with the name first, and some with
 * the description first, too; for validation the others with the description first, a direction
 * that training does not have.
 */
public final class FactDataset implements Dataset {
  private final FactDatasetSettings settings;
  private final Facts facts;
  private final WindowedTextModality modality;

  private FactDataset(FactDatasetSettings settings, WindowedTextModality modality) {
    this.settings = settings;
    this.facts = settings.facts();
    this.modality = modality;
  }

  /**
   * Creates a dataset.
   *
   * @throws UserException if a sentence is longer than a window
   */
  public static FactDataset of(FactDatasetSettings settings, WindowedTextModality modality) {
    FactDataset dataset = new FactDataset(settings, modality);
    int longest =
        dataset
            .sentences()
            .mapToInt(sentence -> modality.tokenizer().encode(sentence).length)
            .max()
            .orElseThrow();
    if (longest > modality.length() + 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "modality.length is %d, but a sentence of dataset 'facts' has %d tokens; at least %d"
                  + " expected",
              modality.length(),
              longest,
              longest - 1));
    }
    return dataset;
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "built-in facts on %,d names: %,d in both directions, the others with the name first; for"
            + " validation these with the description first",
        settings.pairs(),
        settings.twoWay());
  }

  @Override
  public String fingerprint() {
    return Hashing.sha256().hashString(sentences().collect(joining()), StandardCharsets.UTF_8)
        + " "
        + modality.tokenizer().fingerprint()
        + " "
        + modality.length();
  }

  @Override
  public Examples training() {
    return Sentences.of(modality, trained().toList());
  }

  @Override
  public Examples validation() {
    return Sentences.of(modality, unseen().toList());
  }

  private Stream<String> trained() {
    return Stream.of(
            facts.twoWay().stream().map(Fact::forward),
            facts.twoWay().stream().map(Fact::reversed),
            facts.oneWay().stream().map(Fact::forward))
        .flatMap(each -> each);
  }

  private Stream<String> unseen() {
    return facts.oneWay().stream().map(Fact::reversed);
  }

  private Stream<String> sentences() {
    return Stream.concat(trained(), unseen());
  }
}
