package io.ticketflow.runners.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** An HDFS on loopback: a name node and a data node in this JVM. */
public final class HdfsServer implements AutoCloseable {
  private final MiniDFSCluster cluster;

  private HdfsServer(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  public static HdfsServer start(Path folder) throws IOException {
    Configuration settings = new Configuration();
    settings.set("hdfs.minidfs.basedir", folder.toString());
    settings.setBoolean("dfs.permissions.enabled", false);
    MiniDFSCluster cluster = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
    cluster.waitActive();
    return new HdfsServer(cluster);
  }

  /** hdfs://127.0.0.1:PORT */
  public String root() {
    return "hdfs://127.0.0.1:" + cluster.getNameNodePort();
  }

  @Override
  public void close() {
    cluster.shutdown();
  }
}
