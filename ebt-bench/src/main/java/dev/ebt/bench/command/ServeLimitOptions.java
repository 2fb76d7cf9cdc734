package dev.ebt.bench.command;

import static dev.ebt.interact.OptionChecks.check;

import dev.ebt.bench.serve.ServedModel;
import dev.ebt.bench.serve.ServerLimits;
import dev.ebt.inference.InferenceLimits;
import dev.ebt.modality.Modality;
import dev.ebt.modality.TokenModality;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve} that limit requests. */
final class ServeLimitOptions {
  private static final int MOST = 1_000_000;
  private static final int MOST_KIBIBYTES = 1 << 20;

  @Option(names = "--max-body", paramLabel = "KIB", description = "Size of a request (1024).")
  private int body = 1024;

  @Option(
      names = "--max-prompt",
      paramLabel = "TOKENS",
      description = "Tokens of a prompt (the model's window); of a longer one the end is used.")
  private @Nullable Integer prompt;

  @Option(names = "--max-tokens", paramLabel = "N", description = "Tokens of an answer (1024).")
  private int tokens = 1024;

  @Option(names = "--max-steps", paramLabel = "N", description = "Thinking steps (64).")
  private int steps = 64;

  @Option(names = "--max-candidates", paramLabel = "N", description = "Candidates (16).")
  private int candidates = 16;

  @Option(names = "--max-choices", paramLabel = "N", description = "Answers per request (32).")
  private int choices = 32;

  @Option(
      names = "--max-predictions",
      paramLabel = "N",
      description = "Predictions of an answer other than a text, such as frames (64).")
  private int predictions = 64;

  @Option(names = "--batch", paramLabel = "N", description = "Answers computed together (32).")
  private int batch = 32;

  @Option(names = "--queue", paramLabel = "N", description = "Answers that wait (128).")
  private int queue = 128;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections (512); further ones wait.")
  private int connections = 512;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Time of a request, waiting included (60).")
  private int timeout = 60;

  @Option(
      names = "--idle-timeout",
      paramLabel = "SECONDS",
      description = "Time without progress after which a connection is closed (30).")
  private int idle = 30;

  /** Returns the limits of the model. */
  InferenceLimits inference() {
    check("--batch", batch, batch >= 1 && batch <= 1024, "1 to 1024");
    return InferenceLimits.defaults().maxBatchSize(batch).maxWaiting(atLeastOne("--queue", queue));
  }

  /** Returns the limits of the server of a model. */
  ServerLimits server(Modality modality) {
    check("--max-body", body, body >= 1 && body <= MOST_KIBIBYTES, "1 to " + MOST_KIBIBYTES);
    int window = modality instanceof TokenModality text ? Math.max(1, ServedModel.window(text)) : 1;
    atLeastOne("--max-choices", choices);
    check("--max-choices", choices, choices <= queue, "at most --queue (" + queue + ")");
    return new ServerLimits(
        body << 10,
        prompt == null ? window : atLeastOne("--max-prompt", prompt),
        atLeastOne("--max-tokens", tokens),
        atLeastOne("--max-steps", steps),
        atLeastOne("--max-candidates", candidates),
        choices,
        atLeastOne("--max-predictions", predictions),
        batch + queue,
        atLeastOne("--connections", connections),
        Duration.ofSeconds(atLeastOne("--timeout", timeout)),
        Duration.ofSeconds(atLeastOne("--idle-timeout", idle)));
  }

  private static int atLeastOne(String option, int value) {
    check(option, value, value >= 1 && value <= MOST, "1 to " + MOST);
    return value;
  }
}
