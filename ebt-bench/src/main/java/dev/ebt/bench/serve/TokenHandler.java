package dev.ebt.bench.serve;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses requests without the token, before any of their body is kept. */
final class TokenHandler extends Handler.Wrapper {
  private final BearerToken token;
  private final String open;

  /**
   * Creates a handler.
   *
   * @param open the path that needs no token
   */
  TokenHandler(BearerToken token, String open, Handler next) {
    super(next);
    this.token = token;
    this.open = open;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (open.equals(request.getHttpURI().getPath())
        || token.isBorneBy(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
      return super.handle(request, response, callback);
    }
    ApiException refusal =
        ApiException.of(
            HttpStatus.UNAUTHORIZED_401,
            "invalid_api_key",
            "the header 'Authorization: Bearer TOKEN' is not right");
    response.setStatus(refusal.status());
    response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(Json.bytes(refusal.body())), callback);
    return true;
  }
}
