package dev.ebt.bench.report;

import dev.ebt.error.Required;
import dev.ebt.modality.Batch;
import dev.ebt.modality.Examples;
import dev.ebt.modality.TokenModality;
import dev.ebt.run.TrainedModel;
import dev.ebt.tensor.Array;
import dev.ebt.think.Thinker;
import java.io.PrintStream;
import java.util.Locale;

/** A passage of validation text with the energy of every byte before and after thinking. */
public final class PassageEnergies {
  private static final int FROM = 32;
  private static final int COLUMNS = 12;
  private static final int LINES = 2;

  private PassageEnergies() {}

  /** Prints the passage in lines of columns, one column per byte. */
  public static void print(TrainedModel model, PrintStream out) {
    Examples examples = model.parts().dataset().validation();
    Batch batch = examples.batch(0);
    try (Thinker thinker = model.thinker(1)) {
      thinker.observe(batch.context());
      thinker.begin(model.parts().configuration().seed());
      Array before = thinker.energy();
      for (int i = 0; i < model.parts().steps().taken(); i++) {
        thinker.step();
      }
      Array after = thinker.energy();
      String target = model.modality().target().name();
      Array loss = Required.of(thinker.assess(target, batch.target()), "loss");
      long[] tokens = batch.target().longs();
      TokenModality text = (TokenModality) model.modality();
      for (int line = 0; line < LINES; line++) {
        int from = FROM + line * COLUMNS;
        StringBuilder bytes = new StringBuilder("byte   ");
        for (int i = from; i < from + COLUMNS; i++) {
          String shown =
              text.tokenizer().decode((int) tokens[i]).replace('\n', '⏎').replace(' ', '␣');
          bytes.append(String.format(Locale.ROOT, " %8s", shown));
        }
        out.println(bytes);
        out.println("before " + numbers(before, from));
        out.println("after  " + numbers(after, from));
        out.println("loss   " + numbers(loss, from));
      }
    }
  }

  private static String numbers(Array values, int from) {
    StringBuilder line = new StringBuilder();
    for (int i = from; i < from + COLUMNS; i++) {
      line.append(String.format(Locale.ROOT, " %8.3f", values.real(i)));
    }
    return line.toString();
  }
}
