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
    return switch (UCharacter.getType(point)) {
      case ECharacterCategory.UPPERCASE_LETTER,
          ECharacterCategory.LOWERCASE_LETTER,
          ECharacterCategory.TITLECASE_LETTER,
          ECharacterCategory.MODIFIER_LETTER,
          ECharacterCategory.OTHER_LETTER ->
          LETTER;
      case ECharacterCategory.DECIMAL_DIGIT_NUMBER,
          ECharacterCategory.LETTER_NUMBER,
          ECharacterCategory.OTHER_NUMBER ->
          NUMBER;
      default -> UCharacter.isUWhiteSpace(point) ? SPACE : OTHER;
    };
  }
}
