package dev.colorstream.storage.objectstore;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * The certificates that a store's own must be one of or be signed by, instead of those that the Java runtime trusts.
 *
 * @param certificates at least one
 */
public record TrustedCertificates(List<Certificate> certificates) {
    public TrustedCertificates {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate to trust");
        }
    }

    /**
     * Reads a PEM file of one certificate or several.
     *
     * @throws UnreadableCertificatesException when there is no such file, or something else in it; its message names the file
     */
    public static TrustedCertificates read(Path file) {
        Collection<? extends Certificate> read;
        try (InputStream pem = new BufferedInputStream(Files.newInputStream(file))) {
            read = CertificateFactory.getInstance("X.509").generateCertificates(pem);
        } catch (IOException | CertificateException e) {
            throw new UnreadableCertificatesException(file, e);
        }
        if (read.isEmpty()) {
            throw new UnreadableCertificatesException(file, null);
        }
        return new TrustedCertificates(List.copyOf(read));
    }

    /** Lets a client trust these certificates, and no others. */
    void applyTo(OkHttpClient.Builder client) {
        try {
            X509TrustManager manager = manager();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            SSLSocketFactory sockets = context.getSocketFactory();
            client.sslSocketFactory(sockets, manager);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    private X509TrustManager manager() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("no manager of X.509 certificates");
    }
}
