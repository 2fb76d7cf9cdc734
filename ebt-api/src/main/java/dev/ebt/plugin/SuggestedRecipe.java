package dev.ebt.plugin;

/**
 * A recipe for a user's data, which commands suggest, or use where none is named.
 *
 * @param name the name of the recipe
 * @param data the plural noun for data that the recipe is for, such as {@code images}; empty if it
 *     needs no data of a user
 * @param standard whether commands use it where no recipe is named: with data of a user, or without
 *     any if {@code data} is empty
 */
public record SuggestedRecipe(String name, String data, boolean standard) {
  /** Returns a recipe that commands suggest for data. */
  public static SuggestedRecipe of(String name, String data) {
    return new SuggestedRecipe(name, data, false);
  }

  /** Returns whether this recipe is for data of a user. */
  public boolean takesData() {
    return !data.isEmpty();
  }
}
