package dev.ebt.bench.report;

import dev.ebt.text.decode.StopText;
import dev.ebt.text.decode.TextGenerator;
import dev.ebt.text.token.StreamingDecoder;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Text that a model writes, as it is written; or token by token with the energy of every step. */
public final class Continuation {
  private final TextGenerator generator;
  private final TextGenerator.GenerationOptions manner;
  private final List<String> stops;
  private final PrintStream out;

  /** Writes to {@code out}, and ends before any of the {@code stops}. */
  public Continuation(
      TextGenerator generator,
      TextGenerator.GenerationOptions manner,
      List<String> stops,
      PrintStream out) {
    this.generator = generator;
    this.manner = manner;
    this.stops = List.copyOf(stops);
    this.out = out;
  }

  /** The prompt, and what follows it. */
  public void write(String prompt, int count) {
    out.print(prompt);
    out.flush();
    StreamingDecoder stream = StreamingDecoder.of(generator.tokenizer());
    StopText stop = new StopText(stops);
    generator.generate(
        generator.tokenizer().encode(prompt),
        count,
        manner,
        chosen -> {
          if (isEnd(generator, chosen)) {
            return false;
          }
          out.print(stop.push(stream.push(chosen.token())));
          out.flush();
          return !stop.stopped() && !out.checkError();
        });
    out.println(stop.stopped() ? "" : stop.push(stream.finish()) + stop.finish());
  }

  /** One line per token: its text, its probability, and the energies before and after each step. */
  public void explain(String prompt, int count) {
    String energies =
        manner.steps() == 0 ? "" : "  energy before thinking, and after each step; lower is better";
    out.printf(Locale.ROOT, "%-10s %6s%s%n", "token", "prob.", energies);
    StreamingDecoder stream = StreamingDecoder.of(generator.tokenizer());
    StopText stop = new StopText(stops);
    generator.generate(
        generator.tokenizer().encode(prompt),
        count,
        manner,
        chosen -> {
          StringBuilder line =
              new StringBuilder(
                  String.format(
                      Locale.ROOT,
                      "%-10s %6.3f ",
                      shown(generator.tokenizer().decode(chosen.token())).replace(' ', '␣'),
                      chosen.probability()));
          chosen
              .energies()
              .forEach(energy -> line.append(String.format(Locale.ROOT, " %8.4f", energy)));
          out.println(line);
          stop.push(stream.push(chosen.token()));
          return !stop.stopped() && !isEnd(generator, chosen) && !out.checkError();
        });
  }

  /** A short text in one line, quoted. */
  static String oneLine(
      TextGenerator generator, TextGenerator.GenerationOptions manner, int count) {
    StreamingDecoder stream = StreamingDecoder.of(generator.tokenizer());
    StringBuilder text = new StringBuilder();
    generator.generate(
        new int[0],
        count,
        manner,
        chosen -> {
          boolean end = isEnd(generator, chosen);
          text.append(end ? "" : stream.push(chosen.token()));
          return !end;
        });
    return "\"" + shown(text + stream.finish()) + "\"";
  }

  private static boolean isEnd(TextGenerator generator, TextGenerator.GeneratedToken chosen) {
    OptionalInt end = generator.tokenizer().endOfText();
    return end.isPresent() && end.getAsInt() == chosen.token();
  }

  /** Text with its invisible characters made visible. */
  private static String shown(String text) {
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> visible.append("⏎");
                case '\t' -> visible.append("⇥");
                case 0 -> visible.append("∅");
                default -> visible.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c);
              }
            });
    return visible.toString();
  }
}
