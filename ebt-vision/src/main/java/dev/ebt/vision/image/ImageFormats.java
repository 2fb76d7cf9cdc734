package dev.ebt.vision.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** The supported formats of files with one image. */
public final class ImageFormats {
  /** The names of the formats, for a message. */
  public static final String NAMES = "PNG, JPEG, WebP, TIFF, BMP or GIF";

  /** The file extensions of the formats, for a message. */
  static final String ENDINGS = ".png, .jpg, .jpeg, .webp, .tif, .tiff, .bmp or .gif";

  private static final Set<String> KNOWN =
      Set.of("png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp", "gif");

  private static final Set<String> VIDEOS =
      Set.of("mp4", "m4v", "mov", "avi", "mkv", "webm", "mpg", "mpeg", "wmv", "flv", "ogv");

  private ImageFormats() {}

  /** Returns whether a file name has the extension of a supported format. */
  static boolean named(String name) {
    return KNOWN.contains(ending(name));
  }

  /** Returns whether a file name has the extension of a video, which is not read. */
  public static boolean namesVideo(String name) {
    return VIDEOS.contains(ending(name));
  }

  /** Returns the extension in lower case; empty if there is none. */
  static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Describes a file whose content is of no supported format. */
  static String notRead(byte[] file) {
    String head = new String(file, 0, Math.min(12, file.length), StandardCharsets.ISO_8859_1);
    // ISO 14496-12: the brand of a file that is made of boxes.
    String brand = head.length() == 12 && head.startsWith("ftyp", 4) ? head.substring(8) : "";
    return switch (brand) {
      case "" -> "not a " + NAMES;
      case "heic", "heix", "heim", "heis", "mif1", "msf1" -> unread("a HEIC image");
      case "avif", "avis" -> unread("an AVIF image");
      default ->
          "a video or another file of boxes, '" + brand.strip() + "'; a " + NAMES + " expected";
    };
  }

  private static String unread(String what) {
    return what + ", which is not read; convert it to JPEG or PNG";
  }
}
