package dev.ebt.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.console.StandardStreams;
import dev.ebt.bench.report.SamplingReport;
import dev.ebt.plugin.Catalog;
import dev.ebt.run.SamplingJob;
import dev.ebt.run.SamplingRequest;
import dev.ebt.run.TrainedModel;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that samples from the energy of a model and judges the chains. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Sample from a model's energy and judge the chains.",
    description = {
      "",
      "Chains of the sampler that thinking.optimizer names go on in the context of the first",
      "validation example. Prints the share of accepted moves, the effective sample size and",
      "R-hat (chains agree where it is near 1), and estimates ln Z with --annealing.",
      "",
      "  ./ebt sample runs/mixture --samples 500",
      "  ./ebt sample runs/mixture --set thinking.optimizer=hmc --set thinking.stepSize=0.2",
      "  ./ebt sample runs/mixture --annealing 1000 --chains 1000 --json",
      ""
    })
public final class SampleCommand implements Callable<Integer> {
  private final StandardStreams streams;
  private final Supplier<Catalog> discovery;

  @Parameters(
      paramLabel = "RUN",
      converter = RunConverter.class,
      description = "A run's directory or a bundled model.")
  private Path run;

  @Option(names = "--chains", paramLabel = "N", description = "Number of chains (64).")
  private int chains = 64;

  @Option(names = "--samples", paramLabel = "N", description = "Samples of each chain (200).")
  private int samples = 200;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Samples before these, which are not used (200).")
  private int warmUp = 200;

  @Option(
      names = "--every",
      paramLabel = "N",
      description = "Steps from one sample to the next (as many as the sampler takes for one).")
  private int every;

  @Option(
      names = "--annealing",
      paramLabel = "N",
      description = {
        "Estimates ln Z by annealed importance sampling over so many distributions (none)."
      })
  private int annealing;

  @Option(
      names = "--spread",
      paramLabel = "S",
      description = "Standard deviation of the normal noise that --annealing begins at (2).")
  private double spread = 2;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random (1).")
  private long seed = 1;

  @Mixin private ModelOption option;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Inject
  SampleCommand(StandardStreams streams, Supplier<Catalog> discovery) {
    this.streams = streams;
    this.discovery = discovery;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    SamplingRequest request =
        new SamplingRequest(chains, samples, warmUp, every, annealing, spread, seed);
    try (TrainedModel model = option.open(discovery.get(), run)) {
      SamplingReport report =
          new SamplingReport(request, new SamplingJob(model.parts(), request).run());
      if (json) {
        streams
            .out()
            .println(
                new ObjectMapper()
                    .writeValueAsString(
                        ModelOption.document(discovery.get(), run, model, report.document())));
      } else {
        report.print(streams.out());
      }
      return 0;
    }
  }
}
