// A page that embeds wenshu, and the signing of its tokens. It needs
// WENSHU_SERVER, WENSHU_KEY (file of an Ed25519 private key, PEM), WENSHU_PAGES
// (folder of page.html and host.js) and PORT. Run it with: java Host.java

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

public class Host {
  static final String server = System.getenv("WENSHU_SERVER");
  static final Path pages = Path.of(System.getenv("WENSHU_PAGES"));
  static PrivateKey key;

  public static void main(String[] args) throws Exception {
    String pem = Files.readString(Path.of(System.getenv("WENSHU_KEY"))).replaceAll("-----[A-Z ]+-----|\\s", "");
    key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    HttpServer http = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 0);
    http.createContext("/", Host::answer);
    http.start();
  }

  // token says who is signed in; a real server takes that from its own session,
  // and writes JSON with its own library.
  static String token(String id, String name, String region) throws Exception {
    long now = Instant.now().getEpochSecond();
    String head = part("{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"intranet-1\"}");
    String body = part("{\"iss\":\"https://intranet.example\",\"aud\":\"wenshu-embed\",\"sub\":\"" + id + "\",\"name\":\"" + name
        + "\",\"attrs\":{\"region\":[\"" + region + "\"]},\"iat\":" + now + ",\"exp\":" + (now + 300) + "}");
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update((head + "." + body).getBytes(StandardCharsets.US_ASCII));
    return head + "." + body + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  static String part(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  static void answer(HttpExchange exchange) throws IOException {
    try {
      String path = exchange.getRequestURI().getPath();
      if (exchange.getRequestMethod().equals("POST") && path.equals("/wenshu-token")) {
        send(exchange, "application/json", "{\"token\":\"" + token("li", "李雷", "华东") + "\"}");
      } else if (path.equals("/host.js")) {
        send(exchange, "text/javascript", Files.readString(pages.resolve("host.js")));
      } else if (path.equals("/")) {
        send(exchange, "text/html; charset=utf-8", Files.readString(pages.resolve("page.html")).replace("{{server}}", server));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      exchange.close();
    }
  }

  static void send(HttpExchange exchange, String type, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; script-src 'self' " + server + "; connect-src 'self' " + server);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }
}
