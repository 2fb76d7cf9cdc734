package dev.ebt.bench.command;

import static dev.ebt.interact.OptionChecks.positive;

import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.VerificationReport;
import dev.ebt.error.UserException;
import dev.ebt.interact.EvaluationCatalog;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.interact.Input;
import dev.ebt.interact.Verification;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.TrainedModel;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that ranks given answers by a trained model. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Rank given answers by their energy; without a run, by the model brackets.",
    description = {
      "",
      "The model is used as a verifier, without thinking: an answer of low energy suits the",
      "context. A model without an energy, such as the baseline, ranks by log-likelihood. Files of",
      "text hold the context, and one answer per line; the line break at the end is left out.",
      "",
      "  ./ebt verify runs/book --context c.txt --candidates answers.txt",
      "  ./ebt verify runs/book-transformer --context c.txt --candidates - --by length --json",
      ""
    })
public final class VerifyCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final String LEFT = "left";

  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "A run's directory or a bundled model (brackets).")
  private @Nullable Path run;

  @Option(
      names = "--context",
      required = true,
      paramLabel = "FILE",
      description = "What the answers are given to; - is standard input.")
  private String context;

  @Option(
      names = "--candidates",
      required = true,
      paramLabel = "FILE",
      description = "The answers to rank; - is standard input.")
  private String candidates;

  @Option(
      names = "--by",
      paramLabel = "ORDER",
      description = {
        "total, prediction (the mean, such as per token) or length (such as per byte)",
        "(total)."
      })
  private String by = "total";

  @Option(
      names = "--truncate",
      paramLabel = LEFT,
      description = "Leave out the beginning of a context that is too long.")
  private @Nullable String truncate;

  @Option(names = "--batch", paramLabel = "N", description = "Answers per batch (16).")
  private int batch = 16;

  @Mixin private ModelOption option;

  @Mixin private JsonOption json;

  @Inject
  VerifyCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() {
    positive("--batch", batch);
    if (truncate != null && !truncate.equals(LEFT)) {
      throw new UserException("--truncate is '" + truncate + "'; left expected");
    }
    Verification.Order order = order();
    if (context.equals(STANDARD_INPUT) && candidates.equals(STANDARD_INPUT)) {
      throw new UserException(
          "--context and --candidates are both standard input; a file for one of them expected");
    }
    Catalog catalog = discovery.get();
    try (TrainedModel model = option.open(catalog, run)) {
      GivenAnswers given =
          EvaluationCatalog.of(catalog)
              .answerReader(model.parts())
              .read(model.modality(), input(context), input(candidates), truncate != null);
      Verification found = Verification.of(model.parts(), given, order, batch);
      String name = ModelOption.name(catalog, run);
      VerificationReport report =
          new VerificationReport(name, model.progress().step(), given, order, found);
      if (json.given()) {
        JsonOption.print(report.document(), streams.out());
      } else {
        report.print(streams.out());
      }
      return 0;
    }
  }

  private Verification.Order order() {
    for (Verification.Order order : Verification.Order.values()) {
      if (order.name().toLowerCase(Locale.ROOT).equals(by)) {
        return order;
      }
    }
    throw new UserException("--by is '" + by + "'; total, prediction or length expected");
  }

  private Input input(String file) {
    return file.equals(STANDARD_INPUT)
        ? Input.of("standard input", streams.in())
        : Input.of(new PathConverter().convert(file));
  }
}
