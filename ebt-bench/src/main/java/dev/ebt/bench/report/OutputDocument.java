package dev.ebt.bench.report;

import dev.ebt.interact.Explanation;
import dev.ebt.interact.Output;
import dev.ebt.interact.Outputs;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outputs of an interaction collected for JSON. Files are written, and warnings printed, as
 * they come.
 */
public final class OutputDocument implements Outputs {
  private final PrintStream err;
  private final StringBuilder text = new StringBuilder();
  private final List<Map<String, Object>> tokens = new ArrayList<>();
  private final List<Map<String, Object>> examples = new ArrayList<>();
  private final List<Map<String, Object>> explanations = new ArrayList<>();
  private final List<Map<String, Object>> completions = new ArrayList<>();
  private final List<List<Map<String, Object>>> tables = new ArrayList<>();
  private final List<Map<String, Object>> files = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Creates a document without outputs; warnings go to {@code err}. */
  public OutputDocument(PrintStream err) {
    this.err = err;
  }

  @Override
  public void add(Output output) {
    if (output instanceof Output.Text piece) {
      text.append(piece.piece());
    } else if (output instanceof Output.ExplainedText piece) {
      text.append(piece.piece());
      tokens.add(explained(Map.of("token", piece.token()), piece.explanation()));
    } else if (output instanceof Output.Example example) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("predicted", example.predicted());
      line.put("target", example.target());
      examples.add(explained(line, example.explanation()));
    } else if (output instanceof Output.Explained one) {
      explanations.add(explained(Map.of("prediction", one.prediction()), one.explanation()));
    } else if (output instanceof Output.Table table) {
      tables.add(table.rows());
    } else if (output instanceof Output.Completion completion) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("prompt", completion.prompt());
      line.put("text", completion.continuation());
      line.putAll(completion.values());
      completions.add(line);
    } else if (output instanceof Output.File file) {
      OutputFiles.write(file);
      files.add(Map.of("path", file.path().toString()));
    } else if (output instanceof Output.Note note) {
      notes.add(note.line());
    } else if (output instanceof Output.Warning warning) {
      err.println("ebt: " + warning.message());
    }
  }

  private static Map<String, Object> explained(Map<String, Object> what, Explanation explanation) {
    Map<String, Object> line = new LinkedHashMap<>(what);
    explanation.energy().ifPresent(energy -> line.put("energy", energy));
    line.put("energies", explanation.energies());
    if (explanation.probability() != null) {
      line.put("probability", explanation.probability());
    }
    line.put("likely", explanation.likely());
    line.put("candidates", explanation.candidates());
    return line;
  }

  /** Returns all outputs by their kinds; every kind is there, possibly empty. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("text", text.toString());
    document.put("tokens", tokens);
    document.put("examples", examples);
    document.put("explanations", explanations);
    document.put("completions", completions);
    document.put("tables", tables);
    document.put("files", files);
    document.put("notes", notes);
    return document;
  }
}
