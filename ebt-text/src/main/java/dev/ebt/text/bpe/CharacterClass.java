package dev.ebt.text.bpe;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;

/**
 * A class of characters that determines word boundaries, in the Unicode version of {@link Unicode}.
 */
enum CharacterClass {
  LETTER,
  NUMBER,
  SPACE,
  OTHER;

  /** Returns the class of a code point: {@code \p{L}}, {@code \p{N}}, white space, or neither. */
  static CharacterClass of(int point) {
    switch (UCharacter.getType(point)) {
      case ECharacterCategory.UPPERCASE_LETTER:
      case ECharacterCategory.LOWERCASE_LETTER:
      case ECharacterCategory.TITLECASE_LETTER:
      case ECharacterCategory.MODIFIER_LETTER:
      case ECharacterCategory.OTHER_LETTER:
        return LETTER;
      case ECharacterCategory.DECIMAL_DIGIT_NUMBER:
      case ECharacterCategory.LETTER_NUMBER:
      case ECharacterCategory.OTHER_NUMBER:
        return NUMBER;
      default:
        return UCharacter.isUWhiteSpace(point) ? SPACE : OTHER;
    }
  }
}
