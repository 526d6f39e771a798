package io.ticketflow.runners.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;

/**
 * An S3 server on loopback that keeps its objects in memory and checks every request's signature.
 * The credentials it takes are in this JVM's system properties while it runs, where Amazon's client
 * looks for them.
 */
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "tickets";
  private static final String KEY_ID = "AKIDTEST";
  private static final String SECRET = "not-a-secret";

  private final BlobStoreContext context;
  private final BlobStore objects;
  private final S3Proxy server;

  private S3Server(BlobStoreContext context, S3Proxy server) {
    this.context = context;
    this.objects = context.getBlobStore();
    this.server = server;
  }

  public static S3Server start() throws IOException {
    BlobStoreContext context =
        ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
            .credentials(KEY_ID, SECRET)
            .build(BlobStoreContext.class);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(context.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:" + freePort()))
            .awsAuthentication(AuthenticationType.AWS_V4, KEY_ID, SECRET)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("the S3 server does not start", e);
    }
    S3Server started = new S3Server(context, server);
    started.objects.createContainerInLocation(null, BUCKET);
    signIn(KEY_ID, SECRET);
    return started;
  }

  /** Lets the client find those credentials. */
  static void signIn(String keyId, String secret) {
    System.setProperty("aws.accessKeyId", keyId);
    System.setProperty("aws.secretAccessKey", secret);
  }

  /** Lets the client find the credentials that the server takes. */
  static void signIn() {
    signIn(KEY_ID, SECRET);
  }

  /** Where it listens, for {@code --endpoint}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** Environment of another process that shall be let in. */
  public List<String> credentials() {
    return List.of("AWS_ACCESS_KEY_ID=" + KEY_ID, "AWS_SECRET_ACCESS_KEY=" + SECRET);
  }

  /** The objects themselves, past S3. */
  BlobStore objects() {
    return objects;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("the S3 server does not stop", e);
    }
    context.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }
}
