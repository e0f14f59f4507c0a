package dev.colorstream.dashboard.page;

import java.nio.file.Path;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The server's TLS.
 *
 * @param keystore a PKCS12 file with its key and certificates
 * @param password of the file
 */
public record Tls(Path keystore, String password) {
    Connector connector(Server server, HttpConfiguration plain, String host, int port) {
        SslContextFactory.Server keys = new SslContextFactory.Server();
        keys.setKeyStorePath(keystore.toString());
        keys.setKeyStorePassword(password);
        HttpConfiguration secure = new HttpConfiguration(plain);
        secure.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector = new ServerConnector(
                server, new SslConnectionFactory(keys, "http/1.1"), new HttpConnectionFactory(secure));
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Tls[" + keystore + "]";
    }
}
