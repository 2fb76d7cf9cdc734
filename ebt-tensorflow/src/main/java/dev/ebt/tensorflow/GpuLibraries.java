package dev.ebt.tensorflow;

import dev.ebt.error.ReasonText;
import dev.ebt.error.UserException;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The libraries that TensorFlow opens by name to compute on an NVIDIA GPU. If one is missing,
 * TensorFlow falls back to the CPU with no more than a log line, so this class checks for them.
 *
 * <p>The Maven profile {@code gpu} puts them on the class path; they are loaded from there before
 * TensorFlow looks for them. Otherwise they must be on the library path of the system.
 */
public final class GpuLibraries {
  private static final String DRIVER = "libcuda.so.1";

  /** The required libraries in the order of their dependencies, dependencies first. */
  private static final List<String> NEEDED =
      List.of(
          "libcudart.so.12",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libcufft.so.11",
          "libcusparse.so.12",
          "libcusolver.so.11",
          "libcudnn.so.9");

  /** Libraries that the required ones depend on or open. */
  private static final List<String> BEFORE =
      List.of("libnvJitLink.so.12", "libnvrtc.so.12", "libnvrtc-builtins.so.12.6");

  private static final List<String> AFTER =
      List.of(
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9",
          "libcudnn_heuristic.so.9",
          "libcudnn_engines_precompiled.so.9",
          "libcudnn_engines_runtime_compiled.so.9");

  private static final String CLASS_PATH_FOLDER = "/org/bytedeco/cuda/linux-x86_64/";

  private static final Logger LOG = LoggerFactory.getLogger(GpuLibraries.class);

  private GpuLibraries() {}

  /**
   * A library and its location.
   *
   * @param place the file, or empty if it was not found
   */
  public record Library(String name, Optional<Path> place) {
    /** Returns a line as in {@code libcudnn.so.9: not found}. */
    @Override
    public String toString() {
      return name + ": " + place.map(Path::toString).orElse("not found");
    }
  }

  /** Returns the driver and every library that TensorFlow needs for a GPU, with their locations. */
  public static List<Library> forGpu() {
    List<Path> loaded = loadedFiles();
    return Stream.concat(Stream.of(DRIVER), NEEDED.stream())
        .map(name -> new Library(name, find(name, loaded)))
        .toList();
  }

  /**
   * Loads the libraries that are on the class path, if there is a driver that could use them. Once
   * loaded, a library is found by its name alone, wherever its file is.
   */
  static void preload() {
    if (find(DRIVER, List.of()).isEmpty()) {
      return;
    }
    List<File> files = new ArrayList<>();
    // All are unpacked before the first is loaded: some look for others in their own folder.
    for (List<String> names : List.of(BEFORE, NEEDED, AFTER)) {
      names.forEach(name -> unpack(name).ifPresent(files::add));
    }
    files.forEach(GpuLibraries::load);
  }

  private static Optional<File> unpack(String name) {
    URL onClassPath = GpuLibraries.class.getResource(CLASS_PATH_FOLDER + name);
    try {
      return onClassPath == null
          ? Optional.empty()
          : Optional.of(Loader.cacheResource(onClassPath));
    } catch (IOException e) {
      throw new UserException(
          "cannot unpack " + onClassPath + " into JavaCPP's cache folder: " + ReasonText.of(e), e);
    }
  }

  /** Loads a library; a failure is only logged, since TensorFlow may not need it. */
  private static void load(File library) {
    try {
      System.load(library.getAbsolutePath());
    } catch (UnsatisfiedLinkError e) {
      LOG.warn("cannot load {}: {}", library, e.getMessage());
    }
  }

  private static Optional<Path> find(String name, List<Path> loaded) {
    Stream<Path> places =
        searchPath().map(folder -> Path.of(folder, name)).filter(Files::isReadable);
    return Stream.concat(loaded.stream().filter(file -> file.endsWith(name)), places).findFirst();
  }

  /**
   * Returns the files mapped into this process: the only reliable record of what was loaded and
   * from where.
   */
  private static List<Path> loadedFiles() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.contains(".so") && line.indexOf('/') >= 0)
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .distinct()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Stream<String> searchPath() {
    List<String> folders = new ArrayList<>();
    String configured = System.getenv("LD_LIBRARY_PATH");
    if (configured != null) {
      folders.addAll(List.of(configured.split(File.pathSeparator)));
    }
    folders.addAll(
        List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib64",
            "/usr/lib/wsl/lib",
            "/usr/local/nvidia/lib64",
            "/usr/local/cuda/lib64"));
    return folders.stream().filter(folder -> !folder.isEmpty());
  }

  /** Returns the error message for a requested GPU that TensorFlow does not find. */
  static String whyNoGpu(List<Devices.Device> devices) {
    List<Library> missing = forGpu().stream().filter(lib -> lib.place().isEmpty()).toList();
    return "device gpu was requested, but TensorFlow found only "
        + devices.stream().map(Devices.Device::name).collect(Collectors.joining(", "))
        + ". "
        + reason(missing)
        + " Or use device cpu, or auto, which takes what there is.";
  }

  private static String reason(List<Library> missing) {
    if (!Devices.supportsGpu()) {
      return "The TensorFlow on the class path is the one for CPUs: build with -Pgpu"
          + " (Linux, x86-64).";
    }
    if (missing.stream().anyMatch(library -> library.name().equals(DRIVER))) {
      return "There is no NVIDIA driver ("
          + DRIVER
          + " not found): install one, or in a container pass the GPU through.";
    }
    if (!missing.isEmpty()) {
      return "Libraries not found: "
          + missing.stream().map(Library::name).collect(Collectors.joining(", "))
          + ". Build with -Pgpu, which brings them, or put their folder on LD_LIBRARY_PATH.";
    }
    return "All libraries were found, so the driver refused: see nvidia-smi, whether the driver is"
        + " for CUDA 12.5 or later and whether CUDA_VISIBLE_DEVICES hides the GPU.";
  }
}
