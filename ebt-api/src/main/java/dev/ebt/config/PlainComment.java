package dev.ebt.config;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ValueTree;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The plain text of a Javadoc comment. */
final class PlainComment {
  private static final Map<String, String> ENTITIES = Map.of("lt", "<", "gt", ">", "amp", "&");

  private PlainComment() {}

  /**
   * Returns the text of a comment on one line, without markup.
   *
   * @param constants the initializers of fields by their names, for {@code @value}
   */
  static String of(List<? extends DocTree> comment, Map<String, String> constants) {
    return comment.stream()
        .map(part -> text(part, constants))
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String text(DocTree part, Map<String, String> constants) {
    if (part instanceof TextTree text) {
      return text.getBody();
    }
    if (part instanceof LiteralTree literal) {
      return literal.getBody().getBody();
    }
    if (part instanceof LinkTree link) {
      String target = link.getReference().getSignature();
      return link.getLabel().isEmpty()
          ? target.substring(target.lastIndexOf('#') + 1)
          : of(link.getLabel(), constants);
    }
    if (part instanceof ValueTree value && value.getReference() != null) {
      String signature = value.getReference().getSignature();
      String name = signature.substring(signature.lastIndexOf('#') + 1);
      return constants.getOrDefault(name, name).replaceAll("^\"|\"$", "");
    }
    if (part instanceof EntityTree entity) {
      return ENTITIES.getOrDefault(entity.getName().toString(), entity.toString());
    }
    return " ";
  }
}
