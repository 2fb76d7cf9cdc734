package dev.ebt.text.bpe;

import dev.ebt.text.token.TokenizerFileSettings;
import java.util.List;

/** A tokenizer learnt from a page of text. */
final class SmallBpe {
  static final String TEXT =
      """
      The naïve café's owner didn't say: "It's 1,234.50 € for 12 crêpes!" — and we'll pay,
          said the owner; we've paid before, and they're paid  again and again. 日本語 日本 😀😀
      The owner's owner owns the café; the cafés own the crêpes. 2345 12345 345 45 345
      """;

  private SmallBpe() {}

  static BpeModel model(int size) {
    BpeTrainer trainer = new BpeTrainer(size, List.of(TokenizerFileSettings.END_OF_TEXT));
    trainer.add(TEXT);
    return trainer.train(tokens -> true).orElseThrow();
  }

  static BpeTokenizer tokenizer() {
    return new BpeTokenizer(model(300), "small", null);
  }
}
