package dev.ebt.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.KernelList;

/** The devices that TensorFlow can compute on. */
public final class Devices {
  private Devices() {}

  /**
   * A device.
   *
   * @param name as in {@code /device:GPU:0}
   * @param type CPU or GPU
   * @param memoryBytes the part of its memory that TensorFlow may use
   */
  public record Device(String name, String type, long memoryBytes) {
    /** Returns whether this is a GPU. */
    public boolean isGpu() {
      return type.equals("GPU");
    }

    /** Returns the name and, for a GPU, its memory. */
    @Override
    public String toString() {
      return isGpu()
          ? String.format(Locale.ROOT, "%s (%.1f GiB)", name, memoryBytes / 0x1p30)
          : name;
    }
  }

  /** Returns the devices that TensorFlow finds on this machine. Loads TensorFlow. */
  public static List<Device> list() {
    NativeStartup.prepareForGpu();
    return list(SessionOptions.shared());
  }

  /** Returns the devices, by the C API: the session type of the Java API lists none. */
  static List<Device> list(ConfigProto options) {
    NativeStartup.prepare();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions sessionOptions = TF_SessionOptions.newSessionOptions();
      BytePointer bytes = new BytePointer(options.toByteArray());
      tensorflow.TF_SetConfig(sessionOptions, bytes, bytes.capacity(), status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), sessionOptions, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList devices = tensorflow.TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      try {
        return read(devices, status);
      } finally {
        tensorflow.TF_DeleteDeviceList(devices);
      }
    }
  }

  /** Returns whether the TensorFlow on the class path was built with GPU kernels. */
  public static boolean supportsGpu() {
    NativeStartup.prepare();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Buffer kernels = tensorflow.TF_GetRegisteredKernelsForOp("MatMul", status);
      status.throwExceptionIfNotOK();
      try {
        return KernelList.parseFrom(kernels.dataAsByteBuffer()).getKernelList().stream()
            .anyMatch(kernel -> kernel.getDeviceType().equals("GPU"));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("TensorFlow's list of kernels cannot be read", e);
      } finally {
        tensorflow.TF_DeleteBuffer(kernels);
      }
    }
  }

  private static List<Device> read(TF_DeviceList devices, TF_Status status) {
    List<Device> found = new ArrayList<>();
    for (int i = 0; i < tensorflow.TF_DeviceListCount(devices); i++) {
      String name = tensorflow.TF_DeviceListName(devices, i, status).getString();
      String type = tensorflow.TF_DeviceListType(devices, i, status).getString();
      long memory = tensorflow.TF_DeviceListMemoryBytes(devices, i, status);
      found.add(new Device(name.substring(name.indexOf("/device:")), type, memory));
    }
    return List.copyOf(found);
  }
}
