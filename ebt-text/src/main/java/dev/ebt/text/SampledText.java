package dev.ebt.text;

import dev.ebt.interact.Preview;
import dev.ebt.interact.VisibleText;
import dev.ebt.run.RunParts;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.decode.TokenSampling;
import dev.ebt.text.token.StreamingDecoder;

/** A preview of a text model: a short sampled text. */
record SampledText(TextGenerator generator, RunParts parts) implements Preview {
  private static final int TOKENS = 72;
  private static final double TEMPERATURE = 0.8;

  @Override
  public String line() {
    TextGenerator.GenerationOptions generation =
        new TextGenerator.GenerationOptions(
            parts.steps().taken(),
            0,
            new TokenSampling(TEMPERATURE, null, null, parts.configuration().seed()));
    StreamingDecoder stream = StreamingDecoder.of(generator.tokenizer());
    StringBuilder text = new StringBuilder();
    generator.generate(
        new int[0],
        TOKENS,
        generation,
        chosen -> {
          boolean end = Continuation.isEnd(generator, chosen);
          text.append(end ? "" : stream.push(chosen.token()));
          return !end;
        });
    return "it writes \"" + VisibleText.of(text + stream.finish()) + "\"";
  }

  @Override
  public void close() {
    generator.close();
  }
}
