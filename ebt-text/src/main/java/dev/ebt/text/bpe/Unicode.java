package dev.ebt.text.bpe;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.text.Normalizer;

/**
 * Character properties that determine tokens. They are those of ICU rather than of the JDK, so that
 * a text has the same tokens on every JDK.
 */
final class Unicode {
  private Unicode() {}

  /** Returns true if a code point is part of a word: {@code \w} of Unicode. */
  static boolean isWordCharacter(int point) {
    return switch (UCharacter.getType(point)) {
      case ECharacterCategory.NON_SPACING_MARK,
          ECharacterCategory.ENCLOSING_MARK,
          ECharacterCategory.COMBINING_SPACING_MARK,
          ECharacterCategory.DECIMAL_DIGIT_NUMBER,
          ECharacterCategory.CONNECTOR_PUNCTUATION ->
          true;
      default ->
          UCharacter.hasBinaryProperty(point, UProperty.ALPHABETIC)
              || UCharacter.hasBinaryProperty(point, UProperty.JOIN_CONTROL);
    };
  }

  /** Returns a text in a normalization form. */
  static String normalize(String text, Normalizer.Form form) {
    Normalizer2 normalizer =
        switch (form) {
          case NFC -> Normalizer2.getNFCInstance();
          case NFD -> Normalizer2.getNFDInstance();
          case NFKC -> Normalizer2.getNFKCInstance();
          case NFKD -> Normalizer2.getNFKDInstance();
        };
    return normalizer.normalize(text);
  }
}
