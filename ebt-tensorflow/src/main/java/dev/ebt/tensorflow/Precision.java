package dev.ebt.tensorflow;

import org.tensorflow.proto.ConfigProto;

/**
 * The precision of large matrix products.
 *
 * @param bfloat16 whether their factors and results are rounded to bfloat16
 * @param description for people
 */
record Precision(boolean bfloat16, String description) {
  /** Single precision for all products. */
  static final Precision FLOAT32 = new Precision(false, "float32");

  /** bfloat16 for large products. */
  static final Precision BFLOAT16 = new Precision(true, "float32, large products bfloat16");

  /** How many times as fast bfloat16 has to be, for what its roundings cost in accuracy. */
  private static final double WORTHWHILE = 1.2;

  /**
   * Returns the chosen precision.
   *
   * @param options of the session, in which products are measured if the choice is open
   */
  static Precision of(PrecisionChoice choice, ConfigProto options) {
    return switch (choice) {
      case FLOAT32 -> FLOAT32;
      case BFLOAT16 -> BFLOAT16;
      case AUTO -> measured(Bfloat16Speed.onDevice(options));
    };
  }

  /**
   * Returns the precision for a measured speed.
   *
   * @param speed of bfloat16 relative to float32
   */
  static Precision measured(double speed) {
    return speed >= WORTHWHILE ? BFLOAT16 : FLOAT32;
  }
}
