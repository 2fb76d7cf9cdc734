package dev.ebt.tensorflow.cluster;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteStatus;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GetCode;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_Message;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewStatus;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_OK;

import org.tensorflow.internal.c_api.TF_Status;

/** The status of calls of TensorFlow's C interface, freed when closed. */
final class NativeStatus implements AutoCloseable {
  private final TF_Status status = TF_NewStatus();

  /** Returns the argument for a call. */
  TF_Status pointer() {
    return status;
  }

  /**
   * Checks the last call.
   *
   * @throws CollectiveException with TensorFlow's message, if it has failed
   */
  void check() {
    int code = TF_GetCode(status);
    if (code != TF_OK) {
      throw new CollectiveException(code, TF_Message(status).getString());
    }
  }

  @Override
  public void close() {
    TF_DeleteStatus(status);
  }
}
