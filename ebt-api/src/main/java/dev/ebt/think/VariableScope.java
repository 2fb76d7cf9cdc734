package dev.ebt.think;

import java.util.BitSet;

/**
 * A prefix of variable names that is its holder's alone until closed. The number in it is then
 * taken again, so that whoever makes the same thing anew makes the same programs, which a backend
 * may know already.
 */
public final class VariableScope implements AutoCloseable {
  private static final BitSet TAKEN = new BitSet();

  private final String kind;
  private final int number;
  private boolean closed;

  private VariableScope(String kind, int number) {
    this.kind = kind;
    this.number = number;
  }

  /** Names of a kind: the first number that nobody holds. */
  public static VariableScope of(String kind) {
    synchronized (TAKEN) {
      int number = TAKEN.nextClearBit(0);
      TAKEN.set(number);
      return new VariableScope(kind, number);
    }
  }

  /** What every name begins with. */
  public String prefix() {
    return kind + "." + number + ".";
  }

  @Override
  public void close() {
    synchronized (TAKEN) {
      if (!closed) {
        closed = true;
        TAKEN.clear(number);
      }
    }
  }
}
