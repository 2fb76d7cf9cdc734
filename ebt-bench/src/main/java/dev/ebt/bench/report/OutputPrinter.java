package dev.ebt.bench.report;

import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import dev.ebt.store.DurableFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A printer of outputs on the command line, which writes their files. */
public final class OutputPrinter implements Outputs {
  private final PrintStream out;
  private final PrintStream err;
  private boolean withinText;

  /** Creates a printer of results to {@code out} and of warnings to {@code err}. */
  public OutputPrinter(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void add(Output output) {
    if (output instanceof Output.Text text) {
      out.print(text.piece());
      out.flush();
      withinText = true;
      return;
    }
    end();
    if (output instanceof Output.Note note) {
      out.println(note.line());
    } else if (output instanceof Output.Warning warning) {
      err.println("ebt: " + warning.message());
    } else if (output instanceof Output.Table table) {
      MetricTable.print(table.rows(), out);
    } else if (output instanceof Output.File file) {
      write(file);
      out.println(file.path() + file.caption());
    }
  }

  private static void write(Output.File file) {
    try {
      Path folder = file.path().toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      DurableFiles.write(file.path(), file.content().encode());
    } catch (IOException e) {
      throw DurableFiles.unwritable(file.path().toString(), e, "Choose another --out");
    }
  }

  @Override
  public boolean wantsMore() {
    return !out.checkError();
  }

  /** Ends the line of a text. */
  public void end() {
    if (withinText) {
      out.println();
      withinText = false;
    }
  }
}
