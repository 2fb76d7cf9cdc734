package dev.ebt.bench.command;

import picocli.CommandLine.Option;

/** The options of the text model that a benchmark measures, and of the backend that computes it. */
final class TextModelOptions {
  @Option(names = "--backend", paramLabel = "NAME", defaultValue = "tensorflow")
  private String backend;

  @Option(
      names = "--model",
      paramLabel = "CONDITIONING",
      defaultValue = "none",
      description = "Conditioning: none or time_embed (${DEFAULT-VALUE}).")
  private String model;

  @Option(names = "--layers", paramLabel = "N", defaultValue = "4")
  private int layers;

  @Option(names = "--width", paramLabel = "N", defaultValue = "256")
  private int width;

  @Option(names = "--heads", paramLabel = "N", defaultValue = "4")
  private int heads;

  @Option(names = "--vocab", paramLabel = "N", defaultValue = "512")
  private int vocabulary;

  String backend() {
    return backend;
  }

  String model() {
    return model;
  }

  int layers() {
    return layers;
  }

  int width() {
    return width;
  }

  int heads() {
    return heads;
  }

  int vocabulary() {
    return vocabulary;
  }
}
