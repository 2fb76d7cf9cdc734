package dev.ebt.vision.video;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.Reason;
import dev.ebt.error.UserException;
import dev.ebt.plugin.Watch;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.picture.AnimatedPicture;
import dev.ebt.vision.picture.PictureFile;
import dev.ebt.vision.picture.PictureFiles;
import dev.ebt.vision.picture.Squares;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user's clips: every animated GIF, and every folder that pictures lie in, which are its frames
 * by their names, {@code 2.png} before {@code 10.png}. Of each frame the square in the middle is
 * taken, at one size. Where clips lie in several folders, and none above them, that folder says
 * what a clip shows.
 *
 * @param kinds what the clips show, by name; empty if that is not known
 * @param skipped clips left out, each with the reason
 */
public record ClipCollection(List<Clip> clips, List<String> kinds, List<String> skipped) {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final int DIGITS = 18;
  private static final int NAMED = 3;

  /** {@code 2.png} before {@code 10.png}; {@code 1.png} and {@code 01.png} stay two. */
  private static final Comparator<Path> BY_NUMBERS =
      Comparator.comparing(ClipCollection::numbered).thenComparing(Path::toString);

  private static final String TOO_SHORT = " or more expected";

  /** Keeps copies. */
  public ClipCollection {
    clips = List.copyOf(clips);
    kinds = List.copyOf(kinds);
    skipped = List.copyOf(skipped);
  }

  /**
   * The one clip of a GIF or a folder of frames.
   *
   * @param least so many frames it has to have
   * @param frame [channels, height, width]
   * @throws UserException if there is none, or it is shorter, or there are several
   */
  public static Clips one(Path path, int least, Shape frame) {
    Map<Path, List<Path>> sources = sources(path);
    if (sources.size() > 1) {
      throw new UserException(
          "%s holds %d clips; one expected: %s"
              .formatted(
                  path,
                  sources.size(),
                  sources.keySet().stream()
                      .limit(NAMED)
                      .map(Path::toString)
                      .collect(joining(", "))));
    }
    Map.Entry<Path, List<Path>> source = sources.entrySet().iterator().next();
    Squares squares = new Squares(frame.size(0), frame.size(1));
    Read read = read(source.getKey(), source.getValue(), 1, least, squares);
    if (read.frames() == null) {
      throw new UserException("%s: %s".formatted(read.source(), read.problem()));
    }
    return Clips.of(List.of(new Clip(read.frames(), -1)), List.of());
  }

  /**
   * Reads a folder of clips, or one clip. Clips are decoded in parallel, as many at a time as there
   * are processors.
   *
   * @param least so many frames a clip has to have
   * @param squares where frames are kept, and at which size
   * @throws UserException if there are no clips, or too many are unreadable or too short
   */
  public static ClipCollection read(
      Path path, ClipData data, int least, Squares squares, Watch watch) {
    Map<Path, List<Path>> sources = sources(path);
    List<String> kinds = kinds(path, sources.keySet().stream().toList());
    List<Read> all;
    try (Watch.Work reading = watch.begin("clips read", sources.size())) {
      all =
          sources.entrySet().parallelStream()
              .map(
                  source -> {
                    Path from = source.getKey();
                    Read read = read(from, source.getValue(), data.every(), least, squares);
                    reading.done();
                    return read;
                  })
              .toList();
    }
    List<Clip> clips = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Read read : all) {
      if (read.frames() == null) {
        skipped.add(name(path, read.source()) + " (" + read.problem() + ")");
      } else {
        clips.add(new Clip(read.frames(), kinds.indexOf(kind(path, read.source()))));
      }
    }
    ClipCollection found = new ClipCollection(clips, kinds, skipped);
    if (clips.isEmpty() || skipped.size() > Math.max(1, data.skip() * sources.size())) {
      throw new UserException(
          "%s: %,d of %,d clip%s cannot be used: %s. Remove or replace them%s"
              .formatted(
                  path,
                  skipped.size(),
                  sources.size(),
                  sources.size() == 1 ? "" : "s",
                  found.complaints(),
                  found.complaints().contains(TOO_SHORT)
                      ? ", or change modality.frames, the frames of a window"
                      : ""));
    }
    return found;
  }

  /** The first of the clips left out, with reasons, and how many more there are. */
  public String complaints() {
    int more = skipped.size() - NAMED;
    String named = String.join("; ", skipped.subList(0, Math.min(NAMED, skipped.size())));
    return more > 0 ? named + "; and " + more + " more" : named;
  }

  private record Read(Path source, @Nullable List<ByteBuffer> frames, String problem) {}

  private static Read read(Path source, List<Path> files, int every, int least, Squares squares) {
    List<ByteBuffer> frames = new ArrayList<>();
    try {
      if (files.isEmpty()) {
        List<byte[]> all = AnimatedPicture.squares(source, squares.channels(), squares.side());
        for (int i = 0; i < all.size(); i += every) {
          frames.add(squares.keep(all.get(i)));
        }
      }
      for (int i = 0; i < files.size(); i += every) {
        frames.add(squares.keep(frame(files.get(i), squares)));
      }
    } catch (IOException e) {
      return new Read(source, null, String.valueOf(e.getMessage()));
    }
    return frames.size() < least
        ? new Read(
            source,
            null,
            "%d frame%s; %d%s"
                .formatted(frames.size(), frames.size() == 1 ? "" : "s", least, TOO_SHORT))
        : new Read(source, frames, "");
  }

  private static byte[] frame(Path file, Squares squares) throws IOException {
    try {
      return PictureFile.square(file, squares.channels(), squares.side());
    } catch (IOException e) {
      throw new IOException(file.getFileName() + ": " + Reason.of(e), e);
    }
  }

  /** What clips there are: a GIF without further files, or a folder with its frames. */
  private static Map<Path, List<Path>> sources(Path path) {
    if (!Files.exists(path)) {
      throw new UserException("no file or folder " + path);
    }
    if (!Files.isDirectory(path)) {
      return Map.of(path, List.of());
    }
    Map<Path, List<Path>> sources = new TreeMap<>(BY_NUMBERS);
    for (Path file : PictureFiles.in(path)) {
      if (AnimatedPicture.is(file)) {
        sources.put(file, List.of());
      } else {
        sources.computeIfAbsent(file.getParent(), folder -> new ArrayList<>()).add(file);
      }
    }
    if (sources.isEmpty()) {
      throw new UserException(
          "no clips in the folder %s: %s; animated GIFs or folders of frames expected"
              .formatted(path, PictureFiles.found(path)));
    }
    sources.values().stream()
        .filter(files -> !files.isEmpty())
        .forEach(files -> files.sort(BY_NUMBERS));
    return sources;
  }

  /** A name that sorts by the numbers in it. */
  private static String numbered(Path path) {
    return NUMBER
        .matcher(path.toString())
        .replaceAll(
            number -> "0".repeat(Math.max(0, DIGITS - number.group().length())) + number.group());
  }

  private static List<String> kinds(Path path, List<Path> clips) {
    List<String> kinds = clips.stream().map(clip -> kind(path, clip)).distinct().sorted().toList();
    return kinds.size() < 2 || kinds.contains("") ? List.of() : kinds;
  }

  /** The name of the folder that a clip lies in, empty for the one that was named. */
  private static String kind(Path path, Path clip) {
    Path parent = path.relativize(clip).getParent();
    return parent == null ? "" : String.valueOf(parent.getFileName());
  }

  private static String name(Path path, Path clip) {
    return path.equals(clip)
        ? String.valueOf(clip.getFileName())
        : path.relativize(clip).toString();
  }
}
