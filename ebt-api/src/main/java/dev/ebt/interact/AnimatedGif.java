package dev.ebt.interact;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * An animated GIF of images of one size that repeats forever.
 *
 * @param frames the images
 * @param delay the duration of each frame in hundredths of a second
 */
public record AnimatedGif(List<BufferedImage> frames, int delay) implements Content {
  private static final String IMAGE = "javax_imageio_gif_image_1.0";
  private static final byte[] FOR_EVER = {1, 0, 0};

  /** Copies the list. */
  public AnimatedGif {
    frames = List.copyOf(frames);
  }

  @Override
  public String mediaType() {
    return "image/gif";
  }

  @Override
  public byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames.size(); i++) {
        IIOImage frame =
            new IIOImage(frames.get(i), null, metadata(writer, frames.get(i), delay, i));
        writer.writeToSequence(frame, null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static IIOMetadata metadata(ImageWriter writer, BufferedImage frame, int delay, int index)
      throws IOException {
    IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(IMAGE);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(delay));
    control.setAttribute("transparentColorIndex", "0");
    root.appendChild(control);
    if (index == 0) {
      IIOMetadataNode application = new IIOMetadataNode("ApplicationExtension");
      application.setAttribute("applicationID", "NETSCAPE");
      application.setAttribute("authenticationCode", "2.0");
      application.setUserObject(FOR_EVER);
      IIOMetadataNode all = new IIOMetadataNode("ApplicationExtensions");
      all.appendChild(application);
      root.appendChild(all);
    }
    metadata.setFromTree(IMAGE, root);
    return metadata;
  }
}
