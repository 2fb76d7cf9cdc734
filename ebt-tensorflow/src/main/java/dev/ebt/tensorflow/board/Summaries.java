package dev.ebt.tensorflow.board;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** The values of one event, collected by tag. */
final class Summaries {
  private final Summary.Builder summary = Summary.newBuilder();

  /** Adds a number. */
  Summaries scalar(String tag, double value) {
    summary.addValue(Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value));
    return this;
  }

  /** Adds the histogram of some values. */
  Summaries histogram(String tag, double[] values) {
    summary.addValue(Summary.Value.newBuilder().setTag(tag).setHisto(Histograms.of(values)));
    return this;
  }

  /** Adds a text, which TensorBoard reads as Markdown: it is set as code, as it is. */
  Summaries text(String tag, String text) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.newBuilder())
            .addStringVal(ByteString.copyFromUtf8("    " + text.replace("\n", "\n    ")));
    SummaryMetadata.Builder metadata =
        SummaryMetadata.newBuilder()
            .setPluginData(SummaryMetadata.PluginData.newBuilder().setPluginName("text"));
    summary.addValue(
        Summary.Value.newBuilder().setTag(tag).setMetadata(metadata).setTensor(tensor));
    return this;
  }

  /**
   * Adds an image.
   *
   * @param png encoded as PNG
   */
  Summaries image(String tag, byte[] png) {
    Summary.Image.Builder image =
        Summary.Image.newBuilder().setEncodedImageString(ByteString.copyFrom(png));
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
    ImageReader reader = readers.next();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
      reader.setInput(in);
      image.setWidth(reader.getWidth(0)).setHeight(reader.getHeight(0));
      image.setColorspace(reader.getRawImageType(0).getNumBands());
    } catch (IOException e) {
      throw new IllegalArgumentException("a picture that is no PNG", e);
    } finally {
      reader.dispose();
    }
    summary.addValue(Summary.Value.newBuilder().setTag(tag).setImage(image));
    return this;
  }

  /** Returns an event of these values. */
  Event.Builder event() {
    return Event.newBuilder().setSummary(summary);
  }
}
