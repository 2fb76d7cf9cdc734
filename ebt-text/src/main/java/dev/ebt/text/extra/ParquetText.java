package dev.ebt.text.extra;

import dev.ebt.error.Excerpt;
import dev.ebt.error.UserException;
import dev.ebt.text.document.Document;
import dev.ebt.text.document.MissingField;
import dev.ebt.text.document.StrictUtf8;
import dev.ebt.text.document.UnreadableFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * One text column of a Parquet file; other columns are not read. Hadoop is not needed:
 * parquet-floor contains the few classes that the Parquet library uses.
 *
 * <p>Open it through {@link OptionalLibrary#use}.
 */
public final class ParquetText implements AutoCloseable {
  private static final ParquetConfiguration CONFIGURATION = new PlainParquetConfiguration();

  private static final Set<CompressionCodecName> READABLE =
      EnumSet.of(
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.GZIP,
          CompressionCodecName.ZSTD,
          CompressionCodecName.LZ4_RAW);

  private static final int LONGEST = 200;

  private final Path path;
  private final String field;
  private final ParquetFileReader file;
  private final MessageType column;

  private ParquetText(Path path, String field, ParquetFileReader file, MessageType column) {
    this.path = path;
    this.field = field;
    this.file = file;
    this.column = column;
  }

  /**
   * Opens a file.
   *
   * @throws UserException if it is not a Parquet file, or has no such text column
   */
  public static ParquetText open(Path path, String field) {
    ParquetFileReader file = file(path);
    try {
      MessageType column = column(path, field, file.getFileMetaData().getSchema());
      requireReadable(path, file);
      file.setRequestedSchema(column);
      return new ParquetText(path, field, file, column);
    } catch (UserException e) {
      close(path, file);
      throw e;
    }
  }

  private static ParquetFileReader file(Path path) {
    try {
      ParquetReadOptions options = ParquetReadOptions.builder(CONFIGURATION).build();
      return ParquetFileReader.open(
          new LocalInputFile(path),
          ParquetReadOptions.builder(CONFIGURATION)
              .withCodecFactory(new GzipCodec(options.getCodecFactory()))
              .build());
    } catch (FileSystemException e) {
      throw UnreadableFile.of(path, e);
    } catch (IOException | RuntimeException e) {
      throw new UserException(path + " is not a Parquet file, or it is damaged or truncated", e);
    }
  }

  private static MessageType column(Path path, String field, MessageType schema) {
    if (!schema.containsField(field)) {
      throw MissingField.of(
          path.toString(), field, schema.getFields().stream().map(Type::getName).toList());
    }
    Type type = schema.getType(field);
    if (!type.isPrimitive()
        || type.isRepetition(Repetition.REPEATED)
        || type.asPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.BINARY) {
      throw new UserException(
          path
              + ": text expected in field '"
              + field
              + "', found '"
              + Excerpt.of(type.toString(), LONGEST)
              + "'");
    }
    return new MessageType(schema.getName(), type);
  }

  /** Refuses the other compression codecs, which need Hadoop or further libraries. */
  private static void requireReadable(Path path, ParquetFileReader file) {
    file.getFooter().getBlocks().stream()
        .flatMap(rows -> rows.getColumns().stream())
        .map(ColumnChunkMetaData::getCodec)
        .filter(codec -> !READABLE.contains(codec))
        .findFirst()
        .ifPresent(
            codec -> {
              throw new UserException(
                  path + " is compressed with " + codec + "; one of " + READABLE + " expected");
            });
  }

  /**
   * Passes the text of every row to the reader.
   *
   * @throws UserException naming a row without text
   */
  public void forEach(Consumer<Document> reader) {
    long row = 0;
    for (PageReadStore rows = next(); rows != null; rows = next()) {
      RecordReader<Group> records = records(rows);
      for (long i = 0; i < rows.getRowCount(); i++) {
        String source = path + " row " + ++row;
        reader.accept(new Document(source, text(records, source)));
      }
    }
  }

  private RecordReader<Group> records(PageReadStore rows) {
    try {
      return new ColumnIOFactory()
          .getColumnIO(column)
          .getRecordReader(rows, new GroupRecordConverter(column));
    } catch (RuntimeException e) {
      throw damaged(path.toString(), e);
    }
  }

  private @Nullable PageReadStore next() {
    try {
      return file.readNextRowGroup();
    } catch (FileSystemException e) {
      throw UnreadableFile.of(path, e);
    } catch (IOException | RuntimeException e) {
      throw damaged(path.toString(), e);
    }
  }

  private String text(RecordReader<Group> records, String source) {
    byte[] bytes;
    try {
      Group row = records.read();
      if (row.getFieldRepetitionCount(0) == 0) {
        throw new UserException(source + ": text expected in field '" + field + "', found null");
      }
      bytes = row.getBinary(0, 0).getBytes();
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      throw damaged(source, e);
    }
    return StrictUtf8.decode(bytes, source, 0);
  }

  private static UserException damaged(String source, Exception problem) {
    return new UserException("cannot read " + source + ": the file is damaged", problem);
  }

  @Override
  public void close() {
    close(path, file);
  }

  private static void close(Path path, ParquetFileReader file) {
    try {
      file.close();
    } catch (IOException e) {
      throw UnreadableFile.of(path, e);
    }
  }
}
