package dev.ebt.vision.video;

import static java.util.stream.Collectors.joining;

import dev.ebt.error.UserException;
import dev.ebt.plugin.ProgressListener;
import dev.ebt.tensor.Shape;
import dev.ebt.vision.image.Clip;
import dev.ebt.vision.image.ClipSource;
import dev.ebt.vision.image.FolderClasses;
import dev.ebt.vision.image.FolderListing;
import dev.ebt.vision.image.FolderSides;
import dev.ebt.vision.image.GifReader;
import dev.ebt.vision.image.ImageFormats;
import dev.ebt.vision.image.ImageStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A user's clips: every animated GIF, and every folder of images, which are its frames in the order
 * of their numbers, {@code 2.png} before {@code 10.png}. The centre square of each frame is resized
 * to one size. Where all clips lie in two or more subfolders, the subfolder is the class label of a
 * clip, unless the folders are a split, see {@link FolderSides}.
 *
 * @param clips the clips that are not in the validation folders of a split
 * @param setApart the clips in the validation folders of a split
 * @param classes the names of the classes; empty if there are no labels
 * @param skipped clips left out, each with the reason
 * @param remarks further remarks: which folders are a split, which files are not read
 */
public record LoadedClips(
    List<Clip> clips,
    List<Clip> setApart,
    List<String> classes,
    List<String> skipped,
    List<String> remarks) {
  private static final int NAMED = 3;

  /** Orders {@code 2.png} before {@code 10.png}; clips {@code 1} and {@code 01} stay distinct. */
  private static final Comparator<Path> BY_NUMBERS =
      Comparator.comparing((Path path) -> NumberedNames.key(path.toString()))
          .thenComparing(Path::toString);

  private static final String IMAGES = "its image";
  private static final String TOO_SHORT = " or more expected";

  /** Copies the lists. */
  public LoadedClips {
    clips = List.copyOf(clips);
    setApart = List.copyOf(setApart);
    classes = List.copyOf(classes);
    skipped = List.copyOf(skipped);
    remarks = List.copyOf(remarks);
  }

  /**
   * Reads the only clip of a GIF or a folder of frames.
   *
   * @param least the least number of frames
   * @param frame [channels, height, width]
   * @throws UserException if there is no clip, it is too short, or there are several
   */
  public static ClipSource one(Path path, int least, Shape frame) {
    Map<Path, List<Path>> sources = sources(path);
    if (sources.size() > 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s contains %d clips; one expected: %s",
              path,
              sources.size(),
              sources.keySet().stream().limit(NAMED).map(Path::toString).collect(joining(", "))));
    }
    Map.Entry<Path, List<Path>> source = sources.entrySet().iterator().next();
    ImageStore store = new ImageStore(frame.size(0), frame.size(1));
    ClipDatasetSettings all = new ClipDatasetSettings(path.toString(), 1, null, null, false);
    Read read = read(source.getKey(), source.getValue(), all, least, store);
    if (read.frames() == null) {
      throw new UserException(String.format(Locale.ROOT, "%s: %s", read.source(), read.problem()));
    }
    return ClipSource.of(List.of(new Clip(read.frames(), -1)), List.of());
  }

  /**
   * Reads a folder of clips, or one clip. Video clips are decoded in parallel, as many at a time as
   * there are processors.
   *
   * @param least the least number of frames of a clip
   * @param store stores the frames and sets their size
   * @throws UserException if there are no clips, or too many are unreadable or too short
   */
  public static LoadedClips read(
      Path path, ClipDatasetSettings data, int least, ImageStore store, ProgressListener progress) {
    FolderSides sides = new FolderSides(path, data.validation() != null);
    Map<Path, List<Path>> sources = sources(path);
    sources.keySet().removeIf(clip -> sides.of(clip) == FolderSides.Side.EXCLUDED);
    List<Read> all;
    try (ProgressListener.Work reading = progress.begin("clips read", sources.size())) {
      all =
          sources.entrySet().parallelStream()
              .map(
                  source -> {
                    Read read = read(source.getKey(), source.getValue(), data, least, store);
                    reading.done();
                    return read;
                  })
              .toList();
    }
    FolderClasses classes =
        new FolderClasses(sources.keySet().stream().map(clip -> shown(sides, clip)).toList());
    List<Clip> clips = new ArrayList<>();
    List<Clip> setApart = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Read read : all) {
      if (read.frames() == null) {
        skipped.add(name(path, read.source()) + " (" + read.problem() + ")");
      } else {
        (sides.of(read.source()) == FolderSides.Side.VALIDATION ? setApart : clips)
            .add(new Clip(read.frames(), classes.of(shown(sides, read.source()))));
      }
    }
    List<String> remarks =
        Files.isDirectory(path) ? sides.remarks(FolderListing.in(path)) : List.of();
    LoadedClips found = new LoadedClips(clips, setApart, classes.names(), skipped, remarks);
    found.check(path, sources.size(), data.maximumUnreadable(), sides.apart());
    return found;
  }

  private void check(Path path, int sources, double tolerated, boolean split) {
    boolean nothing = clips.isEmpty() || split && setApart.isEmpty();
    if (skipped.size() > Math.max(1, tolerated * sources) || nothing && !skipped.isEmpty()) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d clip%s cannot be used: %s. Remove or replace them%s%s%s",
              path,
              skipped.size(),
              sources,
              sources == 1 ? "" : "s",
              complaints(),
              complaints().contains(TOO_SHORT)
                  ? ", or change modality.frames, the frames of a window"
                  : "",
              complaints().contains(IMAGES)
                  ? ". Recipes denoise and generate train on single images"
                  : "",
              complaints().contains(FrameFolder.UNRELATED)
                  ? "; data.checkFrames=false takes unrelated ones for frames"
                  : ""));
    }
    if (nothing) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: %s, but there are no clips for %s; add some, or set data.validation to"
                  + " the fraction for validation",
              path,
              String.join("; ", remarks),
              clips.isEmpty() ? "training" : "validation"));
    }
  }

  private static String shown(FolderSides sides, Path clip) {
    return FolderClasses.folder(sides.root(clip), clip);
  }

  /** Returns the first of the clips left out, with reasons, and the number of the others. */
  public String complaints() {
    int more = skipped.size() - NAMED;
    String named = String.join("; ", skipped.subList(0, Math.min(NAMED, skipped.size())));
    return more > 0 ? named + "; and " + more + " more" : named;
  }

  private record Read(Path source, @Nullable List<ByteBuffer> frames, String problem) {}

  private static Read read(
      Path source, List<Path> files, ClipDatasetSettings data, int least, ImageStore store) {
    List<ByteBuffer> frames = new ArrayList<>();
    try {
      if (files.isEmpty()) {
        List<byte[]> all = GifReader.squares(source, store.channels(), store.side());
        for (int i = 0; i < all.size(); i += data.frameStride()) {
          frames.add(store.keep(all.get(i)));
        }
      } else {
        frames.addAll(FrameFolder.read(files, data.frameStride(), data.checkFrames(), store));
      }
    } catch (IOException e) {
      return new Read(source, null, String.valueOf(e.getMessage()));
    }
    return frames.size() < least
        ? new Read(
            source,
            null,
            String.format(
                Locale.ROOT,
                "%d frame%s; %d%s",
                frames.size(),
                frames.size() == 1 ? "" : "s",
                least,
                TOO_SHORT))
        : new Read(source, frames, "");
  }

  /** Returns the clips: a GIF without further files, or a folder with its frames. */
  private static Map<Path, List<Path>> sources(Path path) {
    if (!Files.exists(path)) {
      throw new UserException("no file or folder " + path);
    }
    if (!Files.isDirectory(path)) {
      return Map.of(path, List.of());
    }
    Map<Path, List<Path>> sources = new TreeMap<>(BY_NUMBERS);
    FolderListing found = FolderListing.in(path);
    for (Path file : found.images()) {
      if (GifReader.is(file)) {
        sources.put(file, List.of());
      } else {
        sources.computeIfAbsent(file.getParent(), folder -> new ArrayList<>()).add(file);
      }
    }
    if (sources.isEmpty()) {
      boolean video =
          found.others().stream()
              .anyMatch(file -> ImageFormats.namesVideo(String.valueOf(file.getFileName())));
      throw new UserException(
          String.format(
              Locale.ROOT,
              "no clips in the folder %s: %s; animated GIFs or folders of frames expected%s",
              path,
              FolderListing.found(path),
              video ? ". Videos are not read: ffmpeg -i VIDEO FOLDER/%05d.png makes frames" : ""));
    }
    sources.values().stream()
        .filter(files -> !files.isEmpty())
        .forEach(files -> files.sort(BY_NUMBERS));
    return sources;
  }

  private static String name(Path path, Path clip) {
    return path.equals(clip)
        ? String.valueOf(clip.getFileName())
        : path.relativize(clip).toString();
  }
}
