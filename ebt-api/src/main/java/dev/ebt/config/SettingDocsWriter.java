package dev.ebt.config;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The build step that extracts {@link SettingDocs} from Java sources. It only parses them, so it
 * needs no class path; run it on a JDK as {@code java -cp … dev.ebt.config.SettingDocsWriter
 * src/main/java target/classes}.
 */
public final class SettingDocsWriter {
  private SettingDocsWriter() {}

  /** Extracts the documentation of a folder of sources (first) to a folder of classes (second). */
  public static void main(String[] folders) throws IOException {
    Map<String, String> documentation = extract(Path.of(folders[0]));
    Path file = Path.of(folders[1]).resolve(SettingDocs.RESOURCE);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        documentation.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue().replace("\\", "\\\\") + "\n")
            .collect(Collectors.joining()),
        StandardCharsets.UTF_8);
  }

  /** Returns the texts by the names of classes and members. */
  static Map<String, String> extract(Path sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    Map<String, String> texts = new TreeMap<>();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Members(trees, unit, texts).scan(new TreePath(unit), null);
      }
    }
    return texts;
  }

  /** Collects the documentation of records and enums. */
  private static final class Members extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees trees;
    private final String packageName;
    private final Map<String, String> texts;
    private final Map<String, String> constants = new TreeMap<>();
    private final Deque<String> classes = new ArrayDeque<>();

    Members(DocTrees trees, CompilationUnitTree unit, Map<String, String> texts) {
      this.trees = trees;
      this.packageName = String.valueOf(unit.getPackageName());
      this.texts = texts;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      classes.addLast(type.getSimpleName().toString());
      for (Tree member : type.getMembers()) {
        if (member instanceof VariableTree field && field.getInitializer() != null) {
          constants.put(field.getName().toString(), field.getInitializer().toString());
        }
      }
      if (type.getKind() == Tree.Kind.RECORD) {
        DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
        if (comment != null) {
          comment.getBlockTags().stream()
              .filter(tag -> tag instanceof ParamTree param && !param.isTypeParameter())
              .map(ParamTree.class::cast)
              .forEach(
                  tag ->
                      put(
                          tag.getName().toString(),
                          PlainComment.of(tag.getDescription(), constants)));
        }
      }
      super.visitClass(type, null);
      classes.removeLast();
      return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      if (parent.getKind() == Tree.Kind.ENUM) {
        DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
        if (comment != null) {
          put(field.getName().toString(), PlainComment.of(comment.getFirstSentence(), constants));
        }
      }
      return super.visitVariable(field, null);
    }

    private void put(String member, String text) {
      texts.put(packageName + "." + String.join("$", classes) + "." + member, text);
    }
  }
}
