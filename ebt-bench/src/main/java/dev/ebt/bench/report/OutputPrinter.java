package dev.ebt.bench.report;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/** A printer of outputs on the command line, which writes their files. */
public final class OutputPrinter implements Outputs {
  private final PrintStream out;
  private final PrintStream err;
  private final ExplanationPrinter explanations;
  private final BooleanSupplier stopped;
  private boolean withinText;

  /** Creates a printer of results to standard output and of warnings to standard error. */
  public OutputPrinter(StandardStreams streams) {
    this(streams, () -> false);
  }

  /**
   * Creates a printer of outputs that may be stopped.
   *
   * @param stopped whether a user wants no more of them
   */
  public OutputPrinter(StandardStreams streams, BooleanSupplier stopped) {
    this.stopped = stopped;
    this.out = streams.out();
    this.err = streams.err();
    this.explanations = new ExplanationPrinter(out, streams.terminal());
  }

  @Override
  public void add(Output output) {
    if (output instanceof Output.Text text) {
      explanations.add(text.piece());
      out.print(text.piece());
      out.flush();
      withinText = true;
      return;
    }
    endLine();
    if (output instanceof Output.ExplainedText piece) {
      explanations.print(piece);
    } else if (output instanceof Output.Example example) {
      explanations.print(example);
    } else if (output instanceof Output.Explained explained) {
      explanations.print(explained);
    } else if (output instanceof Output.Note note) {
      out.println(note.line());
    } else if (output instanceof Output.Warning warning) {
      err.println("ebt: " + warning.message());
    } else if (output instanceof Output.Table table) {
      MetricTable.print(table.rows(), out);
    } else if (output instanceof Output.Completion completion) {
      out.println(completion.prompt() + completion.continuation());
      out.println();
    } else if (output instanceof Output.File file) {
      OutputFiles.write(file);
      out.println(file.path() + file.caption());
    }
  }

  @Override
  public boolean wantsMore() {
    return !stopped.getAsBoolean() && !out.checkError();
  }

  /** Ends the line of a text, and prints what is known only once all outputs are. */
  public void end() {
    endLine();
    explanations.end();
  }

  private void endLine() {
    if (withinText) {
      out.println();
      withinText = false;
    }
  }
}
