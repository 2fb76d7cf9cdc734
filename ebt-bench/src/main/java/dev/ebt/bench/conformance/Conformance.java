package dev.ebt.bench.conformance;

import dev.ebt.backend.Backend;
import dev.ebt.config.Assignment;
import dev.ebt.config.Origin;
import dev.ebt.config.Overrides;
import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Components;
import dev.ebt.plugin.Configurations;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;

/** The comparison of all reference cases in a folder with one backend. */
public final class Conformance {
  private final Catalog catalog;
  private final String backend;

  /** Creates a comparison on the backend with the given name. */
  public Conformance(Catalog catalog, String backend) {
    this.catalog = catalog;
    this.backend = backend;
  }

  /** The result of a case. */
  public enum Verdict {
    /** All values agree within tolerance. */
    PASS,
    /** At minimum one value does not agree. */
    FAIL,
    /** The case needs a feature that is not supported. */
    UNSUPPORTED
  }

  /**
   * The outcome of one case.
   *
   * @param line the verdict and the errors as text
   */
  public record Outcome(String name, Verdict verdict, String line) {}

  /**
   * Runs the cases in the order of their names.
   *
   * @param glob a pattern for names of cases
   * @param each called with every outcome as soon as it is known
   * @throws UserException if there is no case, or one cannot be read
   */
  public List<Outcome> run(Path folder, String glob, Consumer<Outcome> each) {
    List<Outcome> outcomes = new ArrayList<>();
    for (ReferenceCase reference : cases(folder, glob)) {
      Outcome outcome = outcome(reference);
      each.accept(outcome);
      outcomes.add(outcome);
    }
    if (outcomes.isEmpty()) {
      throw new UserException(
          folder
              + " has no reference case (NAME.json with NAME.safetensors) whose name matches "
              + glob);
    }
    return outcomes;
  }

  private static List<ReferenceCase> cases(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      throw new UserException(folder + " is not a folder");
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
      PathMatcher names = FileSystems.getDefault().getPathMatcher("glob:" + glob);
      for (Path file : found) {
        String name = file.getFileName().toString().replaceAll("\\.json$", "");
        if (names.matches(Path.of(name))) {
          files.add(file);
        }
      }
    } catch (PatternSyntaxException e) {
      throw new UserException("--case " + glob + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserException(folder + " cannot be listed: " + ReasonText.of(e), e);
    }
    return files.stream().sorted().map(ReferenceCase::read).flatMap(Optional::stream).toList();
  }

  private Outcome outcome(ReferenceCase reference) {
    Optional<String> unknown =
        switch (reference.kind()) {
          case TextCase.KIND -> TextCase.unknown(reference);
          case BaselineCase.KIND, ScheduleCase.KIND, DiffusionCase.KIND -> Optional.<String>empty();
          case DenoiseCase.KIND -> DenoiseCase.unknown(reference);
          default -> Optional.of("kind " + reference.kind());
        };
    if (unknown.isPresent()) {
      return unsupported(reference, unknown.get());
    }
    Overrides chosen =
        Overrides.of(Assignment.of("backend.name", backend, Origin.option("--backend " + backend)));
    try (Components parts =
        Components.of(catalog, Configurations.parse(catalog, "conformance", "{}", chosen))) {
      Agreement agreement = agreement(reference, parts.get(Backend.class));
      return agreement.passed()
          ? new Outcome(reference.name(), Verdict.PASS, "pass  " + agreement)
          : new Outcome(reference.name(), Verdict.FAIL, "FAIL  " + agreement);
    }
  }

  private static Agreement agreement(ReferenceCase reference, Backend computing) {
    return switch (reference.kind()) {
      case TextCase.KIND -> new TextCase(reference, computing).compute();
      case BaselineCase.KIND -> new BaselineCase(reference, computing).compute();
      case ScheduleCase.KIND -> ScheduleCase.compute(reference);
      case DiffusionCase.KIND -> new DiffusionCase(reference, computing).compute();
      default -> new DenoiseCase(reference, computing).compute();
    };
  }

  private static Outcome unsupported(ReferenceCase reference, String what) {
    return new Outcome(reference.name(), Verdict.UNSUPPORTED, "not supported: " + what);
  }
}
